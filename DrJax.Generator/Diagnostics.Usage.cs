using Microsoft.CodeAnalysis;

namespace DrJax.Generator;

/// <content>What DrJax says about how programs are declared and called: DRJ062 to DRJ089.</content>
internal static partial class Diagnostics
{
    public static readonly DiagnosticDescriptor EagerDelegate = Whole("DRJ062", "Program as a delegate", "'{0}' runs eagerly when called through a delegate; call it by name, or write a lambda that does");
    public static readonly DiagnosticDescriptor LacksBroadcast = Warning("DRJ063", "Placed and unplaced arguments mixed", "The argument '{0}' of {1} is not placed; write Broadcast({0})");
    public static readonly DiagnosticDescriptor OutsideProgram = Whole("DRJ064", "MapReduce outside of a program", "{0} runs eagerly here: no method marked [DrJaxProgram] reaches this code; move it into a program");
    public static readonly DiagnosticDescriptor LocalProgram = Error("DRJ065", "Local function as a program", "The local function '{0}' cannot be a program; make it a static method of a class");
    public static readonly DiagnosticDescriptor PlacementName = Error("DRJ066", "Not a placement's name", "'{0}' is not the name of a placement; give one identifier for each level of placements");
    public static readonly DiagnosticDescriptor PlacementSize = Error("DRJ067", "Not a placement's size", "{0} is not a number of groups; give a positive number, or leave it out to take it from the arguments");
    public static readonly DiagnosticDescriptor Inaccessible = Error("DRJ068", "Type not accessible to generated code", "The type '{0}' in the signature of '{1}' is private, protected or local to its file; make it internal or public");
    public static readonly DiagnosticDescriptor UnsafeBlocks = Error("DRJ069", "Unsafe blocks are off", "Compiled programs pin arrays; add <AllowUnsafeBlocks>true</AllowUnsafeBlocks> to the project");
    public static readonly DiagnosticDescriptor OpenDerivative = Error("DRJ070", "Derivative of an open generic", "{0} is called here with the type parameter '{1}', so there is no one function to compile; call it where the types are known");
    public static readonly DiagnosticDescriptor AmbiguousSize = Error("DRJ072", "Two sizes of one name", "The placement '{0}' has the name of {1}, and sizes are known by name; give the placement another name");
    public static readonly DiagnosticDescriptor ChoosesGroups = Error("DRJ073", "Groups chosen inside a program", "'{0}' changes which groups there are, and a program has as many as its arguments; call it outside of the program, or give a reduction its Placed<bool> of participants");
    public static readonly DiagnosticDescriptor FoldShape = Error("DRJ074", "Reduction changes shape", "The operation of Reduce takes {0} and gives {1}; both must have the same shapes");
    public static readonly DiagnosticDescriptor CollectNested = Error("DRJ075", "Placements in placements collected", "{0} of '{1}', whose groups hold placed values; call it inside Map, where they have one placement");

    /// <summary>A warning that needs the whole compilation: who calls whom.</summary>
    private static DiagnosticDescriptor Whole(string id, string title, string message)
    {
        var d = Warning(id, title, message);
        return new(d.Id, d.Title, d.MessageFormat, d.Category, d.DefaultSeverity, d.IsEnabledByDefault, d.Description, d.HelpLinkUri, WellKnownDiagnosticTags.CompilationEnd);
    }
}
