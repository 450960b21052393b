using System.ServiceModel;
using System.ServiceModel.Channels;

namespace DotnetClient;

/// <summary>Calls the organization service over WCF, with a bearer token.</summary>
public sealed class OrganizationService(Uri organization, string token) : IDisposable
{
    const string Path = "XRMServices/2011/Organization.svc/web?SDKClientVersion=9.2";

    readonly ChannelFactory<IOrganizationService> factory = new(
        new BasicHttpBinding(organization.Scheme == "https" ? BasicHttpSecurityMode.Transport : BasicHttpSecurityMode.None)
        {
            MaxReceivedMessageSize = int.MaxValue,
        },
        new EndpointAddress(new Uri(organization, Path)));

    /// <summary>One call: the token travels as a header of HTTP.</summary>
    public T Call<T>(Func<IOrganizationService, T> call)
    {
        var channel = factory.CreateChannel();
        using var scope = new OperationContextScope((IContextChannel)channel);
        var http = new HttpRequestMessageProperty();
        http.Headers["Authorization"] = $"Bearer {token}";
        OperationContext.Current.OutgoingMessageProperties[HttpRequestMessageProperty.Name] = http;
        try
        {
            return call(channel);
        }
        finally
        {
            ((IClientChannel)channel).Abort();
        }
    }

    public ParameterCollection Execute(string name, ParameterCollection? parameters = null) =>
        Call(service => service.Execute(new() { RequestName = name, Parameters = parameters ?? [] })).Results;

    /// <summary>Begins a custom API in the background; gives the id of its operation.</summary>
    public Guid Submit(string customApi, ParameterCollection inputs, string? callback = null)
    {
        var parameters = new ParameterCollection
        {
            ["Request"] = new OrganizationRequest { RequestName = customApi, Parameters = inputs },
        };
        if (callback is not null) parameters["CallbackUri"] = callback;
        return (Guid)Execute("ExecuteBackgroundOperation", parameters)["BackgroundOperationId"]!;
    }

    public Entity Retrieve(Guid id, params string[] columns) =>
        Call(service => service.Retrieve("backgroundoperation", id, new() { Columns = [.. columns] }));

    /// <summary>Reads the row until the operation has ended, and gives it.</summary>
    public async Task<Entity> WaitFor(Guid id, TimeSpan atMost, CancellationToken stop = default)
    {
        var end = DateTime.UtcNow + atMost;
        while (true)
        {
            var row = Retrieve(id, "backgroundoperationstatecode", "backgroundoperationstatuscode", "outputparameters", "errormessage");
            if (((OptionSetValue)row.Attributes["backgroundoperationstatecode"]!).Value == 3) return row;
            if (DateTime.UtcNow > end) throw new TimeoutException($"The operation {id} has not ended.");
            await Task.Delay(100, stop);
        }
    }

    public void Cancel(Guid id) => Call<object?>(service =>
    {
        service.Update(Canceled(id));
        return null;
    });

    public EntityCollection Find(QueryBase query) => Call(service => service.RetrieveMultiple(query));

    /// <summary>The row of a cancellation.</summary>
    public static Entity Canceled(Guid id) => new()
    {
        LogicalName = "backgroundoperation",
        Id = id,
        Attributes =
        {
            ["backgroundoperationstatecode"] = new OptionSetValue { Value = 2 },
            ["backgroundoperationstatuscode"] = new OptionSetValue { Value = 22 },
        },
    };

    public void Dispose() => factory.Abort();
}
