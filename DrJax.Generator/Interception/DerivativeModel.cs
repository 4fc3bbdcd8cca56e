using DrJax.Generator.Ir;

namespace DrJax.Generator.Interception;

/// <summary>A derivative taken outside of programs: one for all calls that ask for the same one.</summary>
/// <param name="Class">The class that computes it, in the generated namespace.</param>
/// <param name="Summary">The call as the user wrote it first.</param>
/// <param name="Text">Signature and printed IR.</param>
internal sealed record DerivativeModel(string Class, string Text, Carried<string> Summary, Carried<Program> Program)
{
    /// <summary>Whether the project asks for device code.</summary>
    public bool Devices { get; private init; }

    public DerivativeModel On(bool devices) => devices == Devices ? this : new(Class, Text, Summary, Program) { Devices = devices };

    private readonly Once<ProgramCode> code = new();

    public ProgramCode Code(CancellationToken cancellation) => code.Get(Program.Value.Graph, () => ProgramCode.Of(this, cancellation));

    public static DerivativeModel Of(string head, string function, string summary, Program program)
    {
        var text = ProgramModel.TextOf(program);
        return new($"{head}_{function}_{ProgramText.Fingerprint(text).Substring(0, 8)}", text, summary, program);
    }
}
