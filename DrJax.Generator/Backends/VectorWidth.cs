namespace DrJax.Generator.Backends;

/// <summary>The widths for which loops over lanes are printed: the machine takes the widest it has, and any gives the same bits.</summary>
internal enum VectorWidth
{
    Bits256 = 256,
    Bits512 = 512,
}
