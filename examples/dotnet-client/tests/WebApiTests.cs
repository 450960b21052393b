using System.Net;
using Xunit;

namespace DotnetClient.Tests;

public sealed class WebApiTests(Simulator simulator) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly WebApi client = new(simulator.Url, simulator.Token);
    readonly CancellationToken stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outputs_are_in_the_monitor_when_the_operation_has_succeeded()
    {
        var operation = await client.Submit("sample_Echo", new { StringValue = "hello", IntegerValue = 7 }, stop: stop);
        var ended = await client.WaitFor(operation, Patience, stop);
        Assert.Equal(30, ended.GetProperty("backgroundOperationStatusCode").GetInt32());
        Assert.Equal("hello", ended.GetProperty("StringValue").GetString());
        Assert.Equal(7, ended.GetProperty("IntegerValue").GetInt32());
    }

    [Fact]
    public async Task A_callback_says_that_the_operation_has_ended()
    {
        using var receiver = new CallbackReceiver();
        var operation = await client.Submit("sample_Echo", new { StringValue = "hello" }, receiver.Url, stop);
        var callback = await receiver.Received.WaitAsync(Patience, stop);
        Assert.Equal(operation.Id, callback.GetProperty("backgroundOperationId").GetGuid());
        Assert.Equal(30, callback.GetProperty("backgroundOperationStatusCode").GetInt32());
    }

    [Fact]
    public async Task An_operation_is_canceled()
    {
        var operation = await client.Submit("sample_ExportDataUsingFetchXmlToAnnotation", new { FetchXml = "<fetch/>" }, stop: stop);
        await client.Cancel(operation, stop);
        // Canceling (22) until what had begun already comes to its end, then canceled (32).
        var row = await client.Row(operation, "backgroundoperationstatuscode", stop);
        Assert.Contains(row.GetProperty("backgroundoperationstatuscode").GetInt32(), new[] { 22, 32 });
    }

    [Fact]
    public async Task Canceling_comes_too_late_after_the_end()
    {
        var operation = await client.Submit("sample_Echo", new { }, stop: stop);
        await client.WaitFor(operation, Patience, stop);
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => client.Cancel(operation, stop));
        Assert.Equal(HttpStatusCode.Conflict, refusal.StatusCode);
    }

    [Fact]
    public async Task A_failure_is_told_after_the_retries()
    {
        var operation = await client.Submit("sample_ExportDataUsingFetchXmlToAnnotation", new { FetchXml = "none" }, stop: stop);
        var ended = await client.WaitFor(operation, Patience, stop);
        Assert.Equal(31, ended.GetProperty("backgroundOperationStatusCode").GetInt32());
        var row = await client.Row(operation, "retrycount,errormessage", stop);
        Assert.Equal(3, row.GetProperty("retrycount").GetInt32());
        Assert.Equal("FetchXml is not a fetch element.", row.GetProperty("errormessage").GetString());
    }

    [Fact]
    public async Task A_wrong_parameter_is_refused_before_anything_runs()
    {
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.Submit("sample_Echo", new { IntegerValue = "seven" }, stop: stop));
        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
    }

    public void Dispose() => client.Dispose();
}
