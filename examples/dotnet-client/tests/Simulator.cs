using System.Diagnostics;
using Xunit;

[assembly: AssemblyFixture(typeof(DotnetClient.Tests.Simulator))]

namespace DotnetClient.Tests;

/// <summary>The simulator as a process of its own: started before the first test, ended after the last one.</summary>
public sealed class Simulator : IAsyncLifetime
{
    const string Ready = "listening on ";

    /// <summary>Retries come quickly, so that a failure needs no patience.</summary>
    static readonly string[] Options = ["simulate", "--port", "0", "--retry-base", "20", "--retry-factor", "1"];

    Process? process;

    public string Token => "token-initiator";

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    public async ValueTask InitializeAsync()
    {
        // In a clone of the project the script stands in BGOP_SCRIPT; elsewhere npx finds the package.
        var start = Environment.GetEnvironmentVariable("BGOP_SCRIPT") is { } script
            ? new ProcessStartInfo("node", [script, .. Options])
            : new ProcessStartInfo(OperatingSystem.IsWindows() ? "npx.cmd" : "npx",
                ["--yes", "background-operations-conformance", .. Options]);
        start.RedirectStandardOutput = true;
        process = Process.Start(start) ?? throw new InvalidOperationException("The simulator does not start.");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (!line.StartsWith(Ready, StringComparison.Ordinal)) continue;
            Url = new Uri(line[Ready.Length..]);
            return;
        }
        throw new InvalidOperationException("The simulator ended before it was ready; see standard error.");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null) return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
