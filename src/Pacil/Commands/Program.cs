using System.CommandLine;
using Pacil.Commands;
using Pacil.Data;

PrivateFiles.SetMask();
// The web host shuts down by itself, within its own time limit. Do not let System.CommandLine end the process earlier.
return await CommandLine.Root().Parse(args).InvokeAsync(
    new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
