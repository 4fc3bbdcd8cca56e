using DrJax.Generator.Ir;

namespace DrJax.Generator.Backends;

/// <summary>What a backend makes of a program: members of the program's class, among them the entry point that the host code calls.</summary>
/// <remarks>
/// The entry point is <c>private static unsafe void Run_name</c> (<see cref="Spelling.Run"/>) with, in order: one argument a leaf of the signature
/// (an unplaced scalar by value, anything else a pointer to its packed row-major elements, placed values with the groups as first axis), one
/// <c>nint</c> for each of <paramref name="Symbols"/>, one pointer for each result leaf, scalars too. A pointer to an empty array may be null.
/// </remarks>
/// <param name="ClassBody">C# text of static members.</param>
/// <param name="Symbols">The size symbols (atom names) that the entry point takes.</param>
/// <param name="Clamped">The leaves, those of the signature first and then those of the result, of which elements are taken at the nearest valid index: a pointer to an empty one of
/// these must not be null, and lead to as many elements as there were if each axis had one.</param>
internal sealed record CoreCode(string ClassBody, EquatableArray<string> Symbols, EquatableArray<int> Clamped);
