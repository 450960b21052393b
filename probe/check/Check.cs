// Executes the plug-in once: Check.exe CONTROL_URL [PAYLOAD]. Prints what came of it, a line each, as
// "NAME TYPE VALUE"; an error as "error CODE MESSAGE", with "none" for no code, or the platform's as "fault CODE MESSAGE". The last line is "end": who
// reads it need not wait for the process, since Mono at times hangs while it shuts down.
using System;
using System.Globalization;
using System.Text;
using Bgop.Probe;
using Microsoft.Xrm.Sdk;

internal static class Check
{
    private static int Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        var context = new Context();
        context.InputParameters["ControlUrl"] = arguments[0];
        if (arguments.Length > 1)
        {
            context.InputParameters["Payload"] = arguments[1];
        }

        try
        {
            new ProbePlugin().Execute(context);
        }
        catch (Fault error)
        {
            Console.WriteLine("fault {0} {1}", error.Code, error.Message);
        }
        catch (InvalidPluginExecutionException error)
        {
            Console.WriteLine("error {0} {1}", error.ErrorCode == null ? "none" : error.ErrorCode.ToString(), error.Message);
        }

        foreach (var output in context.OutputParameters)
        {
            Console.WriteLine("{0} {1} {2}", output.Key, output.Value.GetType().Name, Show(output.Value));
        }

        Console.WriteLine("end");
        Console.Out.Flush();
        return 0;
    }

    private static string Show(object value)
    {
        if (value is DateTime)
        {
            return ((DateTime)value).ToString("o", CultureInfo.InvariantCulture);
        }

        return Convert.ToString(value, CultureInfo.InvariantCulture);
    }

    /// Stands for the fault with which the platform refuses a request.
    private sealed class Fault : Exception
    {
        internal Fault(int code, string message)
            : base(message)
        {
            Code = code;
        }

        internal int Code { get; private set; }
    }

    /// A platform without rows and without custom columns.
    private sealed class Platform : IOrganizationServiceFactory, IOrganizationService
    {
        public IOrganizationService CreateOrganizationService(Guid? userId)
        {
            return this;
        }

        public Entity Retrieve(string entityName, Guid id, Microsoft.Xrm.Sdk.Query.ColumnSet columnSet)
        {
            if (columnSet.Columns.Count > 0)
            {
                throw new Fault(-2147217149, "no such column");
            }

            throw new Fault(-2147220969, entityName + " does not exist");
        }
    }

    private sealed class Context : IServiceProvider, IPluginExecutionContext
    {
        private readonly ParameterCollection inputs = new ParameterCollection();
        private readonly ParameterCollection outputs = new ParameterCollection();

        public ParameterCollection InputParameters
        {
            get { return inputs; }
        }

        public ParameterCollection OutputParameters
        {
            get { return outputs; }
        }

        public object GetService(Type type)
        {
            if (type == typeof(IOrganizationServiceFactory))
            {
                return new Platform();
            }

            return type == typeof(IPluginExecutionContext) ? this : null;
        }
    }
}
