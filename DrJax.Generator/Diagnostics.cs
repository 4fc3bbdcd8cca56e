using System.Collections.Immutable;
using DrJax.Generator.Ir;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DrJax.Generator;

/// <summary>Everything DrJax says about a program, one line each: what is wrong, and what to write instead. Each id has a page in docs/diagnostics.</summary>
internal static partial class Diagnostics
{
    public static readonly DiagnosticDescriptor Signature = Error("DRJ001", "Not a program", "'{0}' cannot be a program: {1}");
    public static readonly DiagnosticDescriptor NoSource = Error("DRJ002", "No source", "'{0}' is compiled in another assembly and its source is not visible here; {1}");
    public static readonly DiagnosticDescriptor Type = Error("DRJ003", "Type outside the subset", "Values of type '{0}' cannot be compiled; {1}");
    public static readonly DiagnosticDescriptor Recursion = Error("DRJ004", "Recursion", "'{0}' calls itself; write a counted 'for' loop");
    public static readonly DiagnosticDescriptor UnknownSize = Error("DRJ005", "Size not known before the run", "{0} depends on computed values; a size must be known from shapes and int parameters: make it a parameter, or take the most there may be and choose by a condition");
    public static readonly DiagnosticDescriptor ShapeMismatch = Error("DRJ006", "Shapes differ", "{0}");
    public static readonly DiagnosticDescriptor UnrelatedSizes = Error("DRJ007", "Sizes cannot be related", "{0}: nothing says that {1} equals {2}; state it with [Shape] on the parameters");
    public static readonly DiagnosticDescriptor OutOfRange = Error("DRJ008", "Index out of range", "{0}");
    public static readonly DiagnosticDescriptor PlacedInMap = Error("DRJ009", "Placed value inside a map", "'{0}' is placed: the body of a Map sees one group; pass it as an argument of Map");
    public static readonly DiagnosticDescriptor NoPlacement = Error("DRJ010", "No placement here", "{0} needs the program's placement, which {1}");
    public static readonly DiagnosticDescriptor OtherPlacement = Error("DRJ011", "Another placement", "'{0}' is placed over '{1}', this program over '{2}'; give both programs one placement, or call '{0}' inside Map");
    public static readonly DiagnosticDescriptor ForEach = Error("DRJ013", "foreach", "'foreach' over '{0}' cannot be compiled; work on groups by Map, and enumerate an array of DrJax, Enumerable.Range, or a list written in the program");
    public static readonly DiagnosticDescriptor Jump = Error("DRJ015", "goto", "'{0}' cannot be compiled; write a loop with 'break', or call a method");
    public static readonly DiagnosticDescriptor CarriedShape = Error("DRJ018", "Shape changes in a loop", "'{0}' enters the loop as {1} and leaves an iteration as {2}; a local that a loop assigns must keep its shape");
    public static readonly DiagnosticDescriptor ArmShapes = Error("DRJ019", "Arms differ in shape", "The arms of this condition give {0} and {1}; both must give the same shape");
    public static readonly DiagnosticDescriptor Exceptions = Error("DRJ021", "Exceptions", "{0}");
    public static readonly DiagnosticDescriptor Resources = Error("DRJ022", "Resources and locks", "'{0}' cannot be compiled: a program holds no resources; do this outside of the program");
    public static readonly DiagnosticDescriptor Async = Error("DRJ023", "Asynchronous or iterator", "'{0}' cannot be compiled: a program is a plain function; await or enumerate outside of it");
    public static readonly DiagnosticDescriptor Reference = Error("DRJ024", "References and pointers", "'{0}' cannot be compiled: a program passes values; return a tuple instead");
    public static readonly DiagnosticDescriptor Creation = Error("DRJ025", "Object creation", "'new {0}' cannot be compiled; a program makes scalars, arrays, tuples and positional records only: {1}");
    public static readonly DiagnosticDescriptor Instance = Error("DRJ026", "Instance member", "'{0}' is an instance member of what is no positional record, or one that a derived record may override; write a static method, or seal the record");
    public static readonly DiagnosticDescriptor MutableState = Error("DRJ027", "State outside the program", "'{0}' may change between calls; make it a parameter, a const, or a static readonly field with a constant initialiser");
    public static readonly DiagnosticDescriptor Text = Error("DRJ028", "Text or number type", "A value of type '{0}' cannot be compiled; programs compute with float, double, int and bool");
    public static readonly DiagnosticDescriptor Impure = Error("DRJ029", "Input, output, time or randomness", "'{0}' reads or changes the world; a program's result depends on its parameters only: pass the value in, or return it");
    public static readonly DiagnosticDescriptor Delegate = Error("DRJ030", "Delegate not known", "This delegate is not known at build time; pass a lambda, a local function or a static method by name");
    public static readonly DiagnosticDescriptor Capture = Info("DRJ031", "Capturing lambda", "The lambda captures {0}, so this call of {1} runs inside compiled programs only; pass captured values as arguments to run it anywhere");
    public static readonly DiagnosticDescriptor CapturedAssignment = Error("DRJ032", "Captured local assigned", "'{0}' is assigned here, in a function that Map, Build or a derivative takes, or in a lambda that is called in another loop or arm than it is written in; return the value and assign it in a statement of its own");
    public static readonly DiagnosticDescriptor PlainArray = Error("DRJ033", "C# array", "C# arrays here have numbers, tuples or records of numbers as items and a size known before the run, and are locals; lists have all their items from the start; write such an array, Vec or Mat, Build(n, i => ..), or Zeros<double>(n) and x = x.With(i, v)");
    public static readonly DiagnosticDescriptor Checked = Error("DRJ034", "Checked arithmetic", "Checked arithmetic cannot be compiled: compiled integers wrap; remove 'checked'");
    public static readonly DiagnosticDescriptor Null = Error("DRJ035", "Null and types", "'{0}' cannot be compiled: values of a program are never null and have no run-time types; patterns compare numbers");
    public static readonly DiagnosticDescriptor NotDifferentiable = Error("DRJ036", "Nothing to differentiate", "{0}");
    public static readonly DiagnosticDescriptor ShapeAttribute = Error("DRJ037", "[Shape] does not fit", "[Shape] on '{0}' {1}");
    public static readonly DiagnosticDescriptor Dynamic = Error("DRJ038", "dynamic", "'dynamic' cannot be compiled; write the type");
    public static readonly DiagnosticDescriptor Closure = Error("DRJ039", "Delegate as a value", "A delegate cannot be {0}; call it here, or write the function's name where it is used");
    public static readonly DiagnosticDescriptor Unsupported = Error("DRJ040", "Outside the subset", "{0} cannot be compiled; see the subset of C# in the documentation");
    public static readonly DiagnosticDescriptor IntMean = Error("DRJ041", "Mean of integers", "{0} of int or bool leaves is not an int; convert them with ToDouble or ToFloat first");
    public static readonly DiagnosticDescriptor OpenSwitch = Error("DRJ042", "switch without a last arm", "This 'switch' has no arm for some values; end it with '_ => ..' or '_ => throw new ..'");
    public static readonly DiagnosticDescriptor StoredMember = Error("DRJ043", "Member beside the positional ones", "'{0}' has storage of its own in '{1}', beside the positional members; make it one of these, or compute it: {2} {0} => ..");
    public static readonly DiagnosticDescriptor SharedArray = Error("DRJ044", "Array of two names", "{0}");
    public static readonly DiagnosticDescriptor Flag = Error("DRJ054", "Flag not constant", "'{0}' is the flag {1} of {2}, which decides how it is computed; write true or false");
    public static readonly DiagnosticDescriptor HiddenRandomState = Error("DRJ055", "Random numbers from a hidden state", "'{0}' draws from a state that every call changes; take a Key and write Rng.Uniform<double>(key, n), with keys from Rng.Split and Rng.FoldIn");
    public static readonly DiagnosticDescriptor Einsum = Error("DRJ056", "Subscripts of Einsum", "Einsum: {0}");
    public static readonly DiagnosticDescriptor Windows = Error("DRJ057", "Windows of a convolution or pooling", "{0}: {1}");
    public static readonly DiagnosticDescriptor CustomRule = Error("DRJ058", "Custom derivative does not fit", "[{0}] of '{1}': {2}");
    public static readonly DiagnosticDescriptor NoForward = Error("DRJ059", "No forward derivative", "{0} is forward mode, and '{1}' has a [CustomVjp] only; give it a [CustomJvp], or use reverse mode");
    public static readonly DiagnosticDescriptor Library = Error("DRJ080", "Program of another assembly", "The graph of '{0}' in the assembly '{1}' cannot become part of this program: {2}; rebuild both with one version of DrJax");
    public static readonly DiagnosticDescriptor AxisNotConstant = Error("DRJ050", "Axis not constant", "The axis '{0}' of {1} is not a constant: which axes a result has is decided at build time; write a number");
    public static readonly DiagnosticDescriptor NoPermutation = Error("DRJ051", "Not a permutation", "Permute: the axes {0} are not 0 .. {1}, each once");
    public static readonly DiagnosticDescriptor WidenedLiteral = Warning("DRJ060", "float literal in a double expression", "{0} is a float: as a double it is {1}; write {2}");
    public static readonly DiagnosticDescriptor IntegerDivision = Warning("DRJ061", "Integer division", "The division of two ints drops the fraction before it becomes a {0}; write (double) before an operand, or {0} literals");
    public static readonly DiagnosticDescriptor OwnRule = Error("DRJ071", "Rule differentiates its own function", "This {0} differentiates '{1}', whose derivative is being defined; differentiate what '{1}' is made of");
    public static readonly DiagnosticDescriptor RaggedReduction = Error("DRJ076", "Reduction over groups of unequal size", "{0}: the groups of '{1}' differ in their number of rows, so there is nothing to combine row by row; reduce each group's rows inside Map first");
    public static readonly DiagnosticDescriptor RaggedResult = Error("DRJ077", "Result of Map with ragged columns", "The result of Map has {0} along axis {1}, which differs from group to group; only the length of axis 0 may");
    public static readonly DiagnosticDescriptor RaggedSize = Error("DRJ078", "Size that shrinks as rows grow", "The size {0} may be larger in a group of fewer rows, and arrays have room for what the group of most rows needs; take a size that grows with the rows, or a constant");
    public static readonly DiagnosticDescriptor RaggedAttribute = Error("DRJ079", "[Ragged] does not fit", "[Ragged] on '{0}', which has no placed array whose groups could differ in their number of rows");
    public static readonly DiagnosticDescriptor Internal = Error("DRJ099", "Internal error", "internal error while compiling '{0}': {1}; please report it");

    /// <summary>All descriptors in order of their ids.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All => Catalogue.All;

    public static DiagnosticDescriptor ById(string id) => All.First(d => d.Id == id);

    /// <summary>Apart, because it must be initialised after the fields of every part of this class.</summary>
    private static class Catalogue
    {
        internal static readonly ImmutableArray<DiagnosticDescriptor> All =
            [.. typeof(Diagnostics).GetFields().Select(f => f.GetValue(null)).OfType<DiagnosticDescriptor>().OrderBy(d => d.Id, StringComparer.Ordinal)];
    }

    private static DiagnosticDescriptor Error(string id, string title, string message) => Make(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Info(string id, string title, string message) => Make(id, title, message, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Make(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Make(string id, string title, string message, DiagnosticSeverity severity) =>
        new(id, title, message, "DrJax", severity, isEnabledByDefault: true, helpLinkUri: $"https://github.com/drjax-net/drjax/blob/main/docs/diagnostics/{id}.md");
}

/// <summary>Where a diagnostic points, without holding on to a syntax tree.</summary>
internal sealed record LocationInfo(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static LocationInfo Of(SyntaxNode syntax) => Of(syntax.GetLocation());

    public static LocationInfo Of(Location location) => new(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}

/// <summary>A diagnostic as data, compared by content.</summary>
internal sealed record DiagnosticInfo(string Id, LocationInfo Location, EquatableArray<string> Arguments)
{
    public DiagnosticDescriptor Descriptor => Diagnostics.ById(Id);

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location.ToLocation(), [.. Arguments]);
}
