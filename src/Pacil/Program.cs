using System.CommandLine;
using Pacil;
using Pacil.Data;

PrivateFiles.SetMask();
// The host sees to its own end, and says when it has come; the command line's patience is a last resort.
return await Commands.Root().Parse(args).InvokeAsync(
    new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
