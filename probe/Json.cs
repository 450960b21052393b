using System.IO;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;

namespace Bgop.Probe
{
    /// <summary>JSON with what .NET Framework brings along: a plug-in is one assembly.</summary>
    internal static class Json
    {
        /// <summary>Writes a data contract as JSON.</summary>
        internal static string Write<T>(T value)
        {
            using (var stream = new MemoryStream())
            {
                new DataContractJsonSerializer(typeof(T)).WriteObject(stream, value);
                return Encoding.UTF8.GetString(stream.ToArray());
            }
        }

        /// <summary>Reads a JSON object as a data contract; unknown members are ignored.</summary>
        /// <returns>Null where the bytes are no JSON object, or one whose members have other types.</returns>
        internal static T ReadObject<T>(byte[] json)
            where T : class
        {
            if (!Encoding.UTF8.GetString(json).TrimStart('\uFEFF', ' ', '\t', '\r', '\n').StartsWith("{", System.StringComparison.Ordinal))
            {
                return null;
            }

            try
            {
                using (var stream = new MemoryStream(json))
                {
                    return (T)new DataContractJsonSerializer(typeof(T)).ReadObject(stream);
                }
            }
            catch (SerializationException)
            {
                return null;
            }
        }
    }
}
