using System;
using System.Threading;
using Microsoft.Xrm.Sdk;

namespace Bgop.Probe
{
    /// <summary>
    /// The main operation of the custom API <c>bgop_Probe</c>: each execution asks the conformance suite at
    /// <c>ControlUrl</c> what to do, and does it. One execution is one attempt of a background operation.
    /// </summary>
    /// <remarks>
    /// The protocol is section 2 of docs/target-interface.md. The class keeps no state, as Dataverse wants it:
    /// one instance serves many executions at once.
    /// </remarks>
    public sealed class ProbePlugin : IPlugin
    {
        private const string ControlUrl = "ControlUrl";
        private const string Payload = "Payload";

        /// <summary>Executes one attempt.</summary>
        /// <param name="serviceProvider">What Dataverse offers to a plug-in.</param>
        /// <exception cref="InvalidPluginExecutionException">
        /// The suite ordered a failure, or gave no order that can be followed. A failure with a code that the
        /// platform can be made to raise leaves as the platform's own fault instead.
        /// </exception>
        public void Execute(IServiceProvider serviceProvider)
        {
            if (serviceProvider == null)
            {
                throw new ArgumentNullException(nameof(serviceProvider));
            }

            var context = (IPluginExecutionContext)serviceProvider.GetService(typeof(IPluginExecutionContext));
            var tracing = (ITracingService)serviceProvider.GetService(typeof(ITracingService));
            var url = TextInput(context, ControlUrl);
            var payload = TextInput(context, Payload);
            if (string.IsNullOrEmpty(url))
            {
                throw new InvalidPluginExecutionException("ControlUrl is empty: the probe does not know whom to ask.");
            }

            for (;;)
            {
                var order = ControlListener.Ask(url, payload);
                tracing?.Trace("The suite ordered: {0}", order.Outcome);
                switch (order.Outcome)
                {
                    case Order.Succeed:
                        order.Outputs?.WriteTo(context.OutputParameters);
                        return;
                    case Order.Continue:
                        Thread.Sleep(order.Pause);
                        break;
                    default:
                        if (order.ErrorCode != null)
                        {
                            PlatformErrors.Provoke(order.ErrorCode.Value, serviceProvider);
                        }

                        throw order.Failure;
                }
            }
        }

        /// <summary>A request parameter of type String; null where it was not given.</summary>
        private static string TextInput(IPluginExecutionContext context, string name)
        {
            return context.InputParameters.Contains(name) ? context.InputParameters[name] as string : null;
        }
    }
}
