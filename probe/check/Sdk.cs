// Stand-ins for the few types of Microsoft.Xrm.Sdk that the plug-in uses, written from their documentation,
// so that it can be compiled and executed where neither the SDK nor Dataverse is.
using System;
using System.Collections.Generic;

namespace Microsoft.Xrm.Sdk
{
    public interface IPlugin
    {
        void Execute(IServiceProvider serviceProvider);
    }

    public interface IExecutionContext
    {
        ParameterCollection InputParameters { get; }

        ParameterCollection OutputParameters { get; }
    }

    public interface IPluginExecutionContext : IExecutionContext
    {
    }

    public interface IOrganizationService
    {
        Entity Retrieve(string entityName, Guid id, Query.ColumnSet columnSet);
    }

    public interface IOrganizationServiceFactory
    {
        IOrganizationService CreateOrganizationService(Guid? userId);
    }

    public sealed class Entity
    {
    }

    public interface ITracingService
    {
        void Trace(string format, params object[] args);
    }

    public enum OperationStatus
    {
        Failed = 0,
        Canceled = 1,
        Retry = 2,
        Suspended = 3,
        Succeeded = 4,
    }

    public sealed class ParameterCollection : Dictionary<string, object>
    {
        public bool Contains(string key)
        {
            return ContainsKey(key);
        }
    }

    public sealed class InvalidPluginExecutionException : Exception
    {
        public InvalidPluginExecutionException(string message)
            : base(message)
        {
        }

        public InvalidPluginExecutionException(OperationStatus status, int errorCode, string message)
            : base(message)
        {
            Status = status;
            ErrorCode = errorCode;
        }

        public OperationStatus Status { get; private set; }

        public int? ErrorCode { get; private set; }
    }
}

namespace Microsoft.Xrm.Sdk.Query
{
    public sealed class ColumnSet
    {
        public ColumnSet(bool allColumns)
        {
            Columns = new string[0];
        }

        public ColumnSet(params string[] columns)
        {
            Columns = columns;
        }

        public ICollection<string> Columns { get; private set; }
    }
}
