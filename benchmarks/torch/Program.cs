using DrJax.Benchmarks;
using DrJax.Benchmarks.Torch;

// A child process that measures DrJax's memory has no use for the library.
if (args is not ["--memory-of", _]) TorchPeers.Instance = new Peers();
return Commands.Run(args);
