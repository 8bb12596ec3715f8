using System.CommandLine;
using Pacil.Commands;
using Pacil.Data;

PrivateFiles.SetMask();
// The host handles its own shutdown; this timeout of the command line is a last resort.
return await CommandLine.Root().Parse(args).InvokeAsync(
    new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
