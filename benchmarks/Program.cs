return DrJax.Benchmarks.Commands.Run(args);
