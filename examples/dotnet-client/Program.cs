// Begins operations in the background over the organization service, and follows them to their end.
// Usage: dotnet run -- <organization URL> <token> [<callback URL>]
using System.ServiceModel;
using DotnetClient;

using var client = new Client(new Uri(args[0]), args[1]);
var callback = args.ElementAtOrDefault(2);
var patience = TimeSpan.FromSeconds(30);

void Expect(string what, bool holds)
{
    if (!holds) throw new InvalidOperationException($"Not so: {what}");
    Console.WriteLine($"ok: {what}");
}

OrganizationServiceFault FaultOf(Action action)
{
    try
    {
        action();
    }
    catch (FaultException<OrganizationServiceFault> fault)
    {
        return fault.Detail;
    }
    throw new InvalidOperationException("There was no fault.");
}

int StatusOf(Entity row) => ((OptionSetValue)row.Attributes["backgroundoperationstatuscode"]!).Value;

Expect("WhoAmI tells the user", client.Execute("WhoAmI")["UserId"] is Guid user && user != Guid.Empty);

var contact = new Entity
{
    LogicalName = "contact",
    Id = Guid.NewGuid(),
    Attributes = { ["fullname"] = "Ada", ["creditlimit"] = new Money { Value = 1.50m }, ["count"] = 9007199254740993L },
};
var values = new ParameterCollection
{
    ["BooleanValue"] = true,
    ["DateTimeValue"] = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1234567),
    ["DecimalValue"] = 12345678901234567890.10m,
    ["EntityValue"] = contact,
    ["EntityCollectionValue"] = new EntityCollection { Entities = [contact], EntityName = "contact" },
    ["EntityReferenceValue"] = new EntityReference { LogicalName = "account", Id = contact.Id, Name = "A & B" },
    ["FloatValue"] = double.NegativeInfinity,
    ["IntegerValue"] = int.MinValue,
    ["MoneyValue"] = new Money { Value = 1.50m },
    ["PicklistValue"] = new OptionSetValue { Value = 22 },
    ["StringValue"] = " <a>\r\n\t&\u00e9\ud83d\ude00 ",
    ["StringArrayValue"] = new[] { "a", "" },
    ["GuidValue"] = contact.Id,
};
var echoed = client.Execute("sample_Echo", values);
foreach (var name in new[] { "BooleanValue", "DateTimeValue", "FloatValue", "IntegerValue", "StringValue", "GuidValue" })
{
    Expect($"{name} comes back", Equals(echoed[name], values[name]));
}
Expect("DecimalValue keeps its digits", $"{echoed["DecimalValue"]}" == "12345678901234567890.10");
Expect("MoneyValue keeps its digits", $"{((Money)echoed["MoneyValue"]!).Value}" == "1.50");
Expect("PicklistValue comes back", ((OptionSetValue)echoed["PicklistValue"]!).Value == 22);
Expect("StringArrayValue comes back", ((string[])echoed["StringArrayValue"]!).SequenceEqual(["a", ""]));
Expect("EntityReferenceValue comes back", echoed["EntityReferenceValue"] is EntityReference { LogicalName: "account", Name: "A & B" });
Expect("EntityValue comes back", echoed["EntityValue"] is Entity e && e.Id == contact.Id && e.LogicalName == "contact"
    && Equals(e.Attributes["count"], 9007199254740993L) && e.Attributes["creditlimit"] is Money { Value: 1.50m });
Expect("EntityCollectionValue comes back", echoed["EntityCollectionValue"] is EntityCollection { Entities: [{ LogicalName: "contact" }] });

var operation = client.Submit("sample_Echo", new() { ["StringValue"] = "in the background" }, callback);
var ended = await client.WaitFor(operation, patience);
Expect("an operation succeeds", StatusOf(ended) == 30);
Expect("its outputs are in the row", ((string)ended.Attributes["outputparameters"]!).Contains("in the background"));
Expect("the row has labels", ended.FormattedValues.Any(pair => pair.Value == "Succeeded"));

var exported = client.Submit("sample_ExportDataUsingFetchXmlToAnnotation", new() { ["FetchXml"] = "<fetch/>" });
Expect("a waiting operation has an empty list of outputs", (string?)client.Retrieve(exported, "outputparameters").Attributes["outputparameters"] == "[]");
client.Call<object?>(service => { service.Update(Client.Canceled(exported)); return null; });
Expect("an operation is canceled", StatusOf(client.Retrieve(exported, "backgroundoperationstatuscode")) is 22 or 32);

var target = new ParameterCollection { ["Target"] = Client.Canceled(operation) };
var refusal = FaultOf(() => client.Call(service => service.Execute(new UpdateRequest { RequestName = "Update", Parameters = target })));
Expect("canceling after the end is refused", refusal.Message == "Canceling background operation is not allowed after it is in terminal state.");
Expect("a fault has details", refusal.ErrorDetails.Count > 0 && refusal.Timestamp > DateTime.UnixEpoch);
Expect("a missing request is refused", FaultOf(() => client.Execute("ExecuteBackgroundOperation")).ErrorCode == -2147220989);
Expect("an unknown row is refused", FaultOf(() => client.Retrieve(Guid.NewGuid(), "name")).ErrorCode == -2147185406);

var byType = client.Call(service => service.Execute(new RetrieveRequest
{
    RequestName = "Retrieve",
    Parameters =
    {
        ["Target"] = new EntityReference { LogicalName = "backgroundoperation", Id = operation },
        ["ColumnSet"] = new ColumnSet { AllColumns = true },
    },
}));
Expect("Execute answers with the class of the response", byType is RetrieveResponse && byType.Results["Entity"] is Entity);

var found = client.Call(service => service.RetrieveMultiple(new QueryExpression
{
    EntityName = "backgroundoperation",
    ColumnSet = new() { Columns = ["name"] },
    Criteria = new() { Conditions = [new() { AttributeName = "backgroundoperationstatuscode", Values = [30] }] },
}));
Expect("a query finds the operation", found.Entities.Any(row => row.Id == operation));
