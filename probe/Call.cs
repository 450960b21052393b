using System;
using System.Globalization;
using System.Runtime.Serialization;

namespace Bgop.Probe
{
    /// <summary>What the probe sends to the suite's listener.</summary>
    /// <remarks>
    /// The protocol also knows <c>attempt</c> and <c>backgroundOperationId</c>. A plug-in is told neither, so
    /// they are left out; the suite counts attempts by their calls.
    /// </remarks>
    [DataContract]
    internal sealed class Call
    {
        /// <summary>Makes the call of this moment.</summary>
        /// <param name="now">The target's clock, in UTC.</param>
        /// <param name="payload">The value of <c>Payload</c>; null where it was not given.</param>
        internal Call(DateTime now, string payload)
        {
            Time = now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            Payload = payload;
            PlatformErrors = Bgop.Probe.PlatformErrors.Codes;
        }

        /// <summary>The target's clock, as an ISO 8601 instant in UTC.</summary>
        [DataMember(Name = "time")]
        internal string Time { get; private set; }

        /// <summary>Handed back as it was given; absent where it was not.</summary>
        [DataMember(Name = "payload", EmitDefaultValue = false)]
        internal string Payload { get; private set; }

        /// <summary>The codes that an ordered failure really provokes from the platform; any other is only injected.</summary>
        [DataMember(Name = "platformErrors")]
        internal int[] PlatformErrors { get; private set; }

        /// <summary>The call as JSON.</summary>
        internal string ToJson()
        {
            return Json.Write(this);
        }
    }
}
