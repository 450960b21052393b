using System.Runtime.Serialization;
using System.ServiceModel;

namespace DotnetClient;

/// <summary>The namespaces of the organization service.</summary>
public static class Namespaces
{
    public const string Contracts = "http://schemas.microsoft.com/xrm/2011/Contracts";
    public const string Services = "http://schemas.microsoft.com/xrm/2011/Contracts/Services";
    public const string Messages = "http://schemas.microsoft.com/crm/2011/Contracts";
}

/// <summary>The operations that this client calls. The SDK for .NET has the same contract.</summary>
[ServiceContract(Name = "IOrganizationService", Namespace = Namespaces.Services)]
[ServiceKnownType(nameof(KnownTypes.All), typeof(KnownTypes))]
public interface IOrganizationService
{
    [OperationContract]
    [FaultContract(typeof(OrganizationServiceFault), Name = "OrganizationServiceFault", Namespace = Namespaces.Contracts)]
    OrganizationResponse Execute(OrganizationRequest request);

    [OperationContract]
    [FaultContract(typeof(OrganizationServiceFault), Name = "OrganizationServiceFault", Namespace = Namespaces.Contracts)]
    Entity Retrieve(string entityName, Guid id, ColumnSet columnSet);

    [OperationContract]
    [FaultContract(typeof(OrganizationServiceFault), Name = "OrganizationServiceFault", Namespace = Namespaces.Contracts)]
    void Update(Entity entity);

    [OperationContract]
    [FaultContract(typeof(OrganizationServiceFault), Name = "OrganizationServiceFault", Namespace = Namespaces.Contracts)]
    EntityCollection RetrieveMultiple(QueryBase query);
}

/// <summary>What may stand where the contract says "any type".</summary>
public static class KnownTypes
{
    public static IEnumerable<Type> All(System.Reflection.ICustomAttributeProvider _) =>
    [
        typeof(OrganizationRequest), typeof(RetrieveRequest), typeof(RetrieveResponse), typeof(UpdateRequest),
        typeof(UpdateResponse), typeof(WhoAmIResponse), typeof(ColumnSet), typeof(QueryExpression), typeof(FetchExpression),
        typeof(Entity), typeof(EntityCollection), typeof(EntityReference), typeof(OptionSetValue), typeof(Money),
        typeof(string[]), typeof(Guid[]), typeof(TimeSpan),
    ];
}

[DataContract(Namespace = Namespaces.Contracts)]
public class OrganizationRequest
{
    [DataMember] public ParameterCollection Parameters { get; set; } = [];
    [DataMember] public Guid? RequestId { get; set; }
    [DataMember] public string RequestName { get; set; } = "";
}

[DataContract(Namespace = Namespaces.Contracts)] public class RetrieveRequest : OrganizationRequest;
[DataContract(Namespace = Namespaces.Contracts)] public class UpdateRequest : OrganizationRequest;

[DataContract(Namespace = Namespaces.Contracts)]
public class OrganizationResponse
{
    [DataMember] public string ResponseName { get; set; } = "";
    [DataMember] public ParameterCollection Results { get; set; } = [];
}

[DataContract(Namespace = Namespaces.Contracts)] public class RetrieveResponse : OrganizationResponse;
[DataContract(Namespace = Namespaces.Contracts)] public class UpdateResponse : OrganizationResponse;
[DataContract(Namespace = Namespaces.Messages)] public class WhoAmIResponse : OrganizationResponse;

[CollectionDataContract(Namespace = Namespaces.Contracts, ItemName = "KeyValuePairOfstringanyType")]
public class ParameterCollection : List<KeyValuePair<string, object?>>
{
    public object? this[string key]
    {
        get => this.FirstOrDefault(pair => pair.Key == key).Value;
        set => Add(new(key, value));
    }
}

[CollectionDataContract(Namespace = Namespaces.Contracts, ItemName = "KeyValuePairOfstringstring")]
public class FormattedValueCollection : List<KeyValuePair<string, string>>;

[DataContract(Namespace = Namespaces.Contracts)]
public class Entity
{
    [DataMember(Order = 0)] public ParameterCollection Attributes { get; set; } = [];
    [DataMember(Order = 1)] public FormattedValueCollection FormattedValues { get; set; } = [];
    [DataMember(Order = 2)] public Guid Id { get; set; }
    [DataMember(Order = 3)] public string LogicalName { get; set; } = "";
    [DataMember(Order = 4)] public string? RowVersion { get; set; }
}

[DataContract(Namespace = Namespaces.Contracts)]
public class EntityReference
{
    [DataMember] public Guid Id { get; set; }
    [DataMember] public string LogicalName { get; set; } = "";
    [DataMember] public string? Name { get; set; }
}

[DataContract(Namespace = Namespaces.Contracts)]
public class EntityCollection
{
    [DataMember(Order = 0)] public List<Entity> Entities { get; set; } = [];
    [DataMember(Order = 1)] public string? EntityName { get; set; }
    [DataMember(Order = 2)] public bool MoreRecords { get; set; }
    [DataMember(Order = 3)] public string? PagingCookie { get; set; }
    [DataMember(Order = 4)] public int TotalRecordCount { get; set; }
}

[DataContract(Namespace = Namespaces.Contracts)] public class OptionSetValue { [DataMember] public int Value { get; set; } }
[DataContract(Namespace = Namespaces.Contracts)] public class Money { [DataMember] public decimal Value { get; set; } }

[DataContract(Namespace = Namespaces.Contracts)]
public class ColumnSet
{
    [DataMember] public bool AllColumns { get; set; }
    [DataMember] public List<string> Columns { get; set; } = [];
}

[DataContract(Namespace = Namespaces.Contracts)] public abstract class QueryBase;

[DataContract(Namespace = Namespaces.Contracts)]
public class QueryExpression : QueryBase
{
    [DataMember] public ColumnSet ColumnSet { get; set; } = new();
    [DataMember] public FilterExpression Criteria { get; set; } = new();
    [DataMember] public string EntityName { get; set; } = "";
    [DataMember] public int? TopCount { get; set; }
}

[DataContract(Namespace = Namespaces.Contracts)]
public class FetchExpression : QueryBase
{
    [DataMember] public string Query { get; set; } = "";
}

[DataContract(Namespace = Namespaces.Contracts)]
public class FilterExpression
{
    [DataMember] public List<ConditionExpression> Conditions { get; set; } = [];
    [DataMember] public string FilterOperator { get; set; } = "And";
}

[DataContract(Namespace = Namespaces.Contracts)]
public class ConditionExpression
{
    [DataMember] public string AttributeName { get; set; } = "";
    [DataMember] public string Operator { get; set; } = "Equal";
    [DataMember] public List<object> Values { get; set; } = [];
}

[CollectionDataContract(Namespace = Namespaces.Contracts, ItemName = "KeyValuePairOfstringanyType")]
public class ErrorDetailCollection : List<KeyValuePair<string, object?>>;

[DataContract(Namespace = Namespaces.Contracts)]
public class OrganizationServiceFault
{
    [DataMember(Order = 0)] public Guid ActivityId { get; set; }
    [DataMember(Order = 1)] public int ErrorCode { get; set; }
    [DataMember(Order = 2)] public ErrorDetailCollection ErrorDetails { get; set; } = [];
    [DataMember(Order = 3)] public string Message { get; set; } = "";
    [DataMember(Order = 4)] public DateTime Timestamp { get; set; }
    [DataMember(Order = 5)] public OrganizationServiceFault? InnerFault { get; set; }
    [DataMember(Order = 6)] public string? TraceText { get; set; }
}
