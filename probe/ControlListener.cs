using System;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using Microsoft.Xrm.Sdk;

namespace Bgop.Probe
{
    /// <summary>The suite's listener, as the probe talks to it.</summary>
    internal static class ControlListener
    {
        /// <summary>How long the listener may take to answer.</summary>
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        /// <summary>Orders are small, but an output may be a long text.</summary>
        private const int LongestAnswer = 16 * 1024 * 1024;

        /// <summary>Asks for orders, once.</summary>
        /// <param name="url">Where to ask: the value of <c>ControlUrl</c>.</param>
        /// <param name="payload">The value of <c>Payload</c>; null where it was not given.</param>
        /// <returns>What the suite ordered.</returns>
        /// <exception cref="InvalidPluginExecutionException">
        /// No answer came within 30 seconds, or one that is no order. The error is not the platform's.
        /// </exception>
        internal static Order Ask(string url, string payload)
        {
            try
            {
                // A plug-in is not asynchronous. No context is captured here that could wait for itself.
                return AskAsync(url, payload).GetAwaiter().GetResult();
            }
            catch (TaskCanceledException)
            {
                throw new InvalidPluginExecutionException("ControlUrl gave no answer within 30 seconds.");
            }
            catch (HttpRequestException error)
            {
                var reason = error.InnerException == null ? error.Message : error.InnerException.Message;
                throw new InvalidPluginExecutionException("ControlUrl gave no answer: " + reason);
            }
            catch (Exception error) when (error is UriFormatException || error is ArgumentException || error is InvalidOperationException)
            {
                throw new InvalidPluginExecutionException("ControlUrl is no address that can be asked: " + error.Message);
            }
        }

        private static async Task<Order> AskAsync(string url, string payload)
        {
            // Redirects are answers like any other: they are not 200. Connections are not kept, because the
            // sandbox may be gone before the next attempt.
            using (var handler = new HttpClientHandler { AllowAutoRedirect = false })
            using (var client = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = LongestAnswer })
            using (var content = new StringContent(new Call(DateTime.UtcNow, payload).ToJson(), Encoding.UTF8, "application/json"))
            {
                client.DefaultRequestHeaders.ConnectionClose = true;
                client.DefaultRequestHeaders.ExpectContinue = false;
                using (var answer = await client.PostAsync(new Uri(url), content).ConfigureAwait(false))
                {
                    if (answer.StatusCode != HttpStatusCode.OK)
                    {
                        throw new InvalidPluginExecutionException(
                            "ControlUrl answered " + (int)answer.StatusCode + " instead of 200.");
                    }

                    return Order.Read(await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
                }
            }
        }
    }
}
