using System.ServiceModel;
using System.ServiceModel.Security;
using Xunit;

namespace DotnetClient.Tests;

public sealed class OrganizationServiceTests(Simulator simulator) : IDisposable
{
    const string Export = "sample_ExportDataUsingFetchXmlToAnnotation";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly OrganizationService client = new(simulator.Url, simulator.Token);
    readonly CancellationToken stop = TestContext.Current.CancellationToken;

    static int StatusOf(Entity row) => ((OptionSetValue)row.Attributes["backgroundoperationstatuscode"]!).Value;

    static OrganizationServiceFault FaultOf(Action action) =>
        Assert.Throws<FaultException<OrganizationServiceFault>>(action).Detail;

    [Fact]
    public void WhoAmI_tells_the_user() =>
        Assert.NotEqual(Guid.Empty, Assert.IsType<Guid>(client.Execute("WhoAmI")["UserId"]));

    [Fact]
    public async Task Outputs_and_labels_are_in_the_row_when_the_operation_has_succeeded()
    {
        var id = client.Submit("sample_Echo", new() { ["StringValue"] = "in the background" });
        var row = await client.WaitFor(id, Patience, stop);
        Assert.Equal(30, StatusOf(row));
        Assert.Contains("in the background", (string)row.Attributes["outputparameters"]!);
        Assert.Contains(row.FormattedValues, pair => pair.Value == "Succeeded");
    }

    [Fact]
    public void A_waiting_operation_has_an_empty_list_of_outputs()
    {
        var id = client.Submit(Export, new() { ["FetchXml"] = "<fetch/>" });
        Assert.Equal("[]", client.Retrieve(id, "outputparameters").Attributes["outputparameters"]);
        client.Cancel(id);
    }

    [Fact]
    public async Task A_callback_says_that_the_operation_has_ended()
    {
        using var receiver = new CallbackReceiver();
        var id = client.Submit("sample_Echo", [], receiver.Url.ToString());
        var callback = await receiver.Received.WaitAsync(Patience, stop);
        Assert.Equal(id, callback.GetProperty("backgroundOperationId").GetGuid());
    }

    [Fact]
    public void An_operation_is_canceled()
    {
        var id = client.Submit(Export, new() { ["FetchXml"] = "<fetch/>" });
        client.Cancel(id);
        // Canceling (22) until what had begun already comes to its end, then canceled (32).
        Assert.Contains(StatusOf(client.Retrieve(id, "backgroundoperationstatuscode")), new[] { 22, 32 });
    }

    [Fact]
    public async Task Canceling_comes_too_late_after_the_end()
    {
        var id = client.Submit("sample_Echo", []);
        await client.WaitFor(id, Patience, stop);
        Assert.Throws<FaultException<OrganizationServiceFault>>(() => client.Cancel(id));
        // As a typed request, too: UpdateRequest of the SDK.
        var target = new ParameterCollection { ["Target"] = OrganizationService.Canceled(id) };
        var refusal = FaultOf(() => client.Call(service =>
            service.Execute(new UpdateRequest { RequestName = "Update", Parameters = target })));
        Assert.Equal("Canceling background operation is not allowed after it is in terminal state.", refusal.Message);
        Assert.True(refusal.Timestamp > DateTime.UnixEpoch);
    }

    [Fact]
    public async Task A_failure_is_told_after_the_retries()
    {
        var id = client.Submit(Export, new() { ["FetchXml"] = "none" });
        var row = await client.WaitFor(id, Patience, stop);
        Assert.Equal(31, StatusOf(row));
        Assert.Equal("FetchXml is not a fetch element.", row.Attributes["errormessage"]);
    }

    [Fact]
    public void Faults_name_what_is_wrong()
    {
        Assert.Equal(-2147220989, FaultOf(() => client.Execute("ExecuteBackgroundOperation")).ErrorCode);
        Assert.Equal(-2147185406, FaultOf(() => client.Retrieve(Guid.NewGuid(), "name")).ErrorCode);
        using var stranger = new OrganizationService(simulator.Url, "wrong");
        Assert.Throws<MessageSecurityException>(() => stranger.Execute("WhoAmI"));
    }

    [Fact]
    public async Task Queries_find_the_operation()
    {
        var id = client.Submit("sample_Echo", []);
        await client.WaitFor(id, Patience, stop);
        var expression = new QueryExpression
        {
            EntityName = "backgroundoperation",
            ColumnSet = new() { Columns = ["name"] },
            Criteria = new() { Conditions = [new() { AttributeName = "backgroundoperationstatuscode", Values = [30] }] },
        };
        Assert.Contains(client.Find(expression).Entities, row => row.Id == id);
        var fetch = new FetchExpression
        {
            Query = $"""
                <fetch top="1"><entity name="backgroundoperation"><attribute name="name" />
                  <filter><condition attribute="backgroundoperationid" operator="eq" value="{id}" /></filter>
                </entity></fetch>
                """,
        };
        Assert.Equal(id, Assert.Single(client.Find(fetch).Entities).Id);
    }

    [Fact]
    public void Execute_answers_with_the_class_of_the_response()
    {
        var id = client.Submit("sample_Echo", []);
        var response = client.Call(service => service.Execute(new RetrieveRequest
        {
            RequestName = "Retrieve",
            Parameters =
            {
                ["Target"] = new EntityReference { LogicalName = "backgroundoperation", Id = id },
                ["ColumnSet"] = new ColumnSet { AllColumns = true },
            },
        }));
        Assert.Equal(id, Assert.IsType<Entity>(Assert.IsType<RetrieveResponse>(response).Results["Entity"]).Id);
    }

    public void Dispose() => client.Dispose();
}
