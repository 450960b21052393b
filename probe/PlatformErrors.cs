using System;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Query;

namespace Bgop.Probe
{
    /// <summary>The platform's errors that a plug-in can provoke at will, by their code.</summary>
    /// <remarks>
    /// A code that a plug-in gives to an exception of its own does not make it the platform's error. So the
    /// probe has the platform refuse a request, and lets the fault pass through.
    /// </remarks>
    internal static class PlatformErrors
    {
        /// <summary>ObjectDoesNotExist (0x80040217): a row that is not there.</summary>
        private const int ObjectDoesNotExist = -2147220969;

        /// <summary>QueryBuilderNoAttribute (0x80041103): a column that is not there.</summary>
        private const int NoAttribute = -2147217149;

        /// <summary>The codes that <see cref="Provoke"/> knows; the suite is told them with every call.</summary>
        internal static int[] Codes
        {
            get { return new[] { ObjectDoesNotExist, NoAttribute }; }
        }

        /// <summary>Has the platform fail with a code. Does nothing where the code is not one of <see cref="Codes"/>.</summary>
        /// <param name="code">The code that the suite ordered.</param>
        /// <param name="serviceProvider">What Dataverse offers to a plug-in.</param>
        /// <exception cref="InvalidPluginExecutionException">The platform did not refuse the request.</exception>
        internal static void Provoke(int code, IServiceProvider serviceProvider)
        {
            if (Array.IndexOf(Codes, code) < 0)
            {
                return;
            }

            // As the system user, so that a missing privilege is never the error.
            var factory = (IOrganizationServiceFactory)serviceProvider.GetService(typeof(IOrganizationServiceFactory));
            var service = factory.CreateOrganizationService(null);
            var columns = code == NoAttribute ? new ColumnSet("bgop_nosuchcolumn") : new ColumnSet(false);
            service.Retrieve("systemuser", Guid.NewGuid(), columns);
            throw new InvalidPluginExecutionException("The platform did not refuse what it was asked to refuse.");
        }
    }
}
