using System.Net;
using System.Text.Json;

namespace DotnetClient.Tests;

/// <summary>Waits on a free port of this machine for one callback.</summary>
public sealed class CallbackReceiver : IDisposable
{
    readonly HttpListener listener = new();

    public CallbackReceiver()
    {
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/done/");
        }
        listener.Prefixes.Add(Url.ToString());
        listener.Start();
        Received = Receive();
    }

    public Uri Url { get; }

    /// <summary>The body of the callback.</summary>
    public Task<JsonElement> Received { get; }

    async Task<JsonElement> Receive()
    {
        var context = await listener.GetContextAsync();
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.InputStream);
        context.Response.StatusCode = 200;
        context.Response.Close();
        return body;
    }

    public void Dispose() => listener.Close();
}
