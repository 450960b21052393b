using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace DotnetClient;

/// <summary>An operation that was accepted: its id, and where its status monitor is.</summary>
public sealed record Accepted(Guid Id, Uri Monitor);

/// <summary>Begins and follows background operations over the Web API.</summary>
public sealed class WebApi : IDisposable
{
    readonly HttpClient http;

    public WebApi(Uri organization, string token, HttpMessageHandler? handler = null)
    {
        http = new HttpClient(handler ?? new SocketsHttpHandler()) { BaseAddress = organization };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Begins a custom API in the background.</summary>
    public async Task<Accepted> Submit(string customApi, object inputs, Uri? callback = null, CancellationToken stop = default)
    {
        var wish = callback is null ? "respond-async" : $"respond-async,odata.callback;url=\"{callback}\"";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/data/v9.2/{customApi}")
        {
            // Names as they are: the default of JsonContent is camel case, which custom APIs do not know.
            Content = JsonContent.Create(inputs, options: JsonSerializerOptions.Default),
            Headers = { { "Prefer", wish } },
        };
        using var answer = await http.SendAsync(request, stop);
        if (answer.StatusCode != HttpStatusCode.Accepted) throw await Refusal(answer, stop);
        return new Accepted(
            Guid.Parse(answer.Headers.GetValues("x-ms-dyn-backgroundoperationid").Single()),
            answer.Headers.Location ?? throw new InvalidOperationException("The answer has no Location."));
    }

    /// <summary>Reads the monitor until the operation has ended, and gives what it shows then: outputs or an error.</summary>
    public async Task<JsonElement> WaitFor(Accepted operation, TimeSpan atMost, CancellationToken stop = default)
    {
        var end = DateTime.UtcNow + atMost;
        while (true)
        {
            var shown = await http.GetFromJsonAsync<JsonElement>(operation.Monitor, stop);
            if (shown.GetProperty("backgroundOperationStateCode").GetInt32() == 3) return shown;
            if (DateTime.UtcNow > end) throw new TimeoutException($"The operation {operation.Id} has not ended.");
            await Task.Delay(100, stop);
        }
    }

    /// <summary>The row of an operation.</summary>
    public Task<JsonElement> Row(Accepted operation, string select, CancellationToken stop = default) =>
        http.GetFromJsonAsync<JsonElement>($"/api/data/v9.2/backgroundoperations({operation.Id})?$select={select}", stop);

    public async Task Cancel(Accepted operation, CancellationToken stop = default)
    {
        using var answer = await http.DeleteAsync(operation.Monitor, stop);
        if (!answer.IsSuccessStatusCode) throw await Refusal(answer, stop);
    }

    static async Task<HttpRequestException> Refusal(HttpResponseMessage answer, CancellationToken stop) =>
        new(await answer.Content.ReadAsStringAsync(stop), null, answer.StatusCode);

    public void Dispose() => http.Dispose();
}
