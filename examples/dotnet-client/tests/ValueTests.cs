using Xunit;

namespace DotnetClient.Tests;

/// <summary>Values of all 13 types of parameters come back as they were sent.</summary>
public sealed class ValueTests(Simulator simulator) : IDisposable
{
    readonly OrganizationService client = new(simulator.Url, simulator.Token);

    object? Echoed(string type, object value) =>
        client.Execute("sample_Echo", new() { [$"{type}Value"] = value })[$"{type}Value"];

    public static TheoryData<string, object> Plain => new()
    {
        { "Boolean", true },
        { "DateTime", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).AddTicks(1234567) },
        { "Float", double.NegativeInfinity },
        { "Integer", int.MinValue },
        { "String", " <a>\r\n\t&\u00e9\ud83d\ude00 " },
        { "Guid", Guid.Parse("5c1d8f5e-0b6f-4c0b-9c38-7d5f0c1f2a10") },
        { "StringArray", new[] { "a", "" } },
    };

    [Theory]
    [MemberData(nameof(Plain), DisableDiscoveryEnumeration = true)]
    public void Plain_values(string type, object value) => Assert.Equal(value, Echoed(type, value));

    [Fact]
    public void Decimals_keep_their_digits()
    {
        Assert.Equal("12345678901234567890.10", $"{Echoed("Decimal", 12345678901234567890.10m)}");
        Assert.Equal("1.50", $"{Assert.IsType<Money>(Echoed("Money", new Money { Value = 1.50m })).Value}");
    }

    [Fact]
    public void Options_and_references()
    {
        Assert.Equal(22, Assert.IsType<OptionSetValue>(Echoed("Picklist", new OptionSetValue { Value = 22 })).Value);
        var reference = new EntityReference { LogicalName = "account", Id = Guid.NewGuid(), Name = "A & B" };
        var read = Assert.IsType<EntityReference>(Echoed("EntityReference", reference));
        Assert.Equal((reference.LogicalName, reference.Id, reference.Name), (read.LogicalName, read.Id, read.Name));
    }

    [Fact]
    public void Entities_alone_and_in_a_collection()
    {
        var contact = new Entity
        {
            LogicalName = "contact",
            Id = Guid.NewGuid(),
            Attributes = { ["fullname"] = "Ada", ["creditlimit"] = new Money { Value = 1.50m }, ["count"] = 9007199254740993L },
        };
        var read = Assert.IsType<Entity>(Echoed("Entity", contact));
        Assert.Equal((contact.Id, "contact"), (read.Id, read.LogicalName));
        Assert.Equal(9007199254740993L, read.Attributes["count"]);
        Assert.Equal(1.50m, Assert.IsType<Money>(read.Attributes["creditlimit"]).Value);
        var collection = new EntityCollection { Entities = [contact], EntityName = "contact" };
        var several = Assert.IsType<EntityCollection>(Echoed("EntityCollection", collection));
        Assert.Equal(contact.Id, Assert.Single(several.Entities).Id);
    }

    public void Dispose() => client.Dispose();
}
