using System.Runtime.Serialization;
using Microsoft.Xrm.Sdk;

namespace Bgop.Probe
{
    /// <summary>What the suite orders an attempt to do.</summary>
    [DataContract]
    internal sealed class Order
    {
        /// <summary>The attempt ends successfully.</summary>
        internal const string Succeed = "succeed";

        /// <summary>The attempt ends with an error.</summary>
        internal const string Fail = "fail";

        /// <summary>The attempt goes on executing, and asks again afterwards.</summary>
        internal const string Continue = "continue";

        /// <summary>Which of the three.</summary>
        [DataMember(Name = "outcome")]
        internal string Outcome { get; private set; }

        /// <summary>The outputs of success; null for none.</summary>
        [DataMember(Name = "outputs")]
        internal Outputs Outputs { get; private set; }

        [DataMember(Name = "errorMessage")]
        private string ErrorMessage { get; set; }

        /// <summary>The code to fail with; null for an error of the plug-in's own.</summary>
        [DataMember(Name = "errorCode")]
        internal int? ErrorCode { get; private set; }

        [DataMember(Name = "milliseconds")]
        private double? Milliseconds { get; set; }

        /// <summary>How many milliseconds to go on, where the order is to continue.</summary>
        internal int Pause
        {
            get { return (int)(Milliseconds ?? 0); }
        }

        /// <summary>What to throw, where the order is to fail and the platform did not.</summary>
        /// <remarks>
        /// It is an error of the plug-in's own in any case. A code that no <see cref="PlatformErrors"/> provokes is
        /// injected; what Dataverse makes of it is documented nowhere, and the suite only observes it.
        /// </remarks>
        internal InvalidPluginExecutionException Failure
        {
            get
            {
                var message = ErrorMessage ?? "The probe was told to fail.";
                return ErrorCode == null
                    ? new InvalidPluginExecutionException(message)
                    : new InvalidPluginExecutionException(OperationStatus.Failed, ErrorCode.Value, message);
            }
        }

        /// <summary>Reads the listener's answer.</summary>
        /// <exception cref="InvalidPluginExecutionException">It is no order.</exception>
        internal static Order Read(byte[] answer)
        {
            var order = Json.ReadObject<Order>(answer);
            if (order == null)
            {
                throw new InvalidPluginExecutionException("ControlUrl answered no JSON object that is an order.");
            }

            switch (order.Outcome)
            {
                case Succeed:
                case Fail:
                    return order;
                case Continue:
                    if (order.Milliseconds >= 0 && order.Milliseconds <= int.MaxValue)
                    {
                        return order;
                    }

                    throw new InvalidPluginExecutionException(
                        "ControlUrl answered \"continue\" without a number of milliseconds.");
                default:
                    throw new InvalidPluginExecutionException(
                        "ControlUrl answered an unknown outcome: " + (order.Outcome ?? "none") + ".");
            }
        }
    }
}
