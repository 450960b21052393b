using System;
using System.Globalization;
using System.Runtime.Serialization;
using Microsoft.Xrm.Sdk;

namespace Bgop.Probe
{
    /// <summary>The response properties that the suite ordered, each of the type that it is declared with.</summary>
    [DataContract]
    internal sealed class Outputs
    {
        [DataMember]
        private string Text { get; set; }

        [DataMember]
        private int? Count { get; set; }

        [DataMember]
        private bool? Flag { get; set; }

        // As it is written: the serializer takes no decimal with an exponent, and a double is less exact.
        [DataMember]
        private string Amount { get; set; }

        // An instant in ISO 8601: the serializer itself only knows a notation of its own.
        [DataMember]
        private string When { get; set; }

        [DataMember]
        private string Id { get; set; }

        /// <summary>Sets what was ordered, and nothing else.</summary>
        /// <exception cref="InvalidPluginExecutionException">A decimal, a date or a GUID is none.</exception>
        internal void WriteTo(ParameterCollection parameters)
        {
            Set(parameters, nameof(Text), Text);
            Set(parameters, nameof(Count), Count);
            Set(parameters, nameof(Flag), Flag);
            Set(parameters, nameof(Amount), Number());
            Set(parameters, nameof(When), Instant());
            Set(parameters, nameof(Id), Identifier());
        }

        private static void Set(ParameterCollection parameters, string name, object value)
        {
            if (value != null)
            {
                parameters[name] = value;
            }
        }

        private decimal? Number()
        {
            if (Amount == null)
            {
                return null;
            }

            decimal number;
            if (decimal.TryParse(Amount, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            {
                return number;
            }

            throw new InvalidPluginExecutionException("ControlUrl ordered the output Amount to be no decimal: " + Amount);
        }

        private DateTime? Instant()
        {
            if (When == null)
            {
                return null;
            }

            DateTimeOffset instant;
            if (DateTimeOffset.TryParse(When, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant))
            {
                return instant.UtcDateTime;
            }

            throw new InvalidPluginExecutionException("ControlUrl ordered the output When to be no instant: " + When);
        }

        private Guid? Identifier()
        {
            if (Id == null)
            {
                return null;
            }

            Guid id;
            if (Guid.TryParse(Id, out id))
            {
                return id;
            }

            throw new InvalidPluginExecutionException("ControlUrl ordered the output Id to be no GUID: " + Id);
        }
    }
}
