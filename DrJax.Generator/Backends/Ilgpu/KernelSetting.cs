using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>
/// The body of a kernel: everything that it uses is a field of its one parameter <c>k</c>. What is asked for becomes a field, which the launch sets to what
/// the frame around has under that name.
/// </summary>
/// <param name="written">The memory that the kernel writes.</param>
internal sealed class KernelSetting(Names names, DeviceFrame frame, IReadOnlyCollection<object> written) : Setting(names)
{
    /// <summary>The kernel's parameter.</summary>
    public const string Parameter = "k";

    /// <summary>The names of the kernel's locals.</summary>
    public MethodNames Locals { get; } = names.Method().Reserve(Parameter);

    private readonly Dictionary<object, string> known = [];
    private readonly HashSet<string> taken = new(StringComparer.Ordinal) { "Run" };
    private readonly List<(string Type, string Name, string Value)> fields = [];
    private DeviceDialect? scalar;

    /// <summary>The fields in the order in which the kernel first uses them, with what the launch sets them to.</summary>
    public IReadOnlyList<(string Type, string Name, string Value)> Fields => fields;

    public override Dialect Scalar => scalar ??= new DeviceDialect(() => $"{Errors}, {frame.Site("", "")}");

    public override string Counter => "int";

    public override string Distance => "long";

    public override bool Throws => false;

    public override Term Size(Dim dim) => dim.AsConstant is not null ? Names.Size(dim) : Field(dim, "long", Named(dim), () => Names.Size(dim).Text);

    /// <summary>The buffers and locals of which the thread has a local of its own → what it is called.</summary>
    public Dictionary<object, string> InThread { get; } = [];

    public override string Name(Local local) => InThread.TryGetValue(local, out var own) ? own : base.Name(local);

    public override Term Value(Local local) => InThread.TryGetValue(local, out var own) ? own : Outside(local);

    /// <summary>A local as it was before the kernel.</summary>
    public Term Outside(Local local) => frame.IsOnDevice(local)
        ? Scalar.FromMemory($"{Memory(local, local.Element, Names[local])}[0]", local.Element)
        : Scalar.FromMemory(Field(local, DeviceDialect.Stored(local.Element), Names[local],
            () => local.Element == ElementType.Bool ? $"(byte)({Names[local]} ? 1 : 0)" : Names[local]), local.Element);

    /// <summary>The statement that sets a local.</summary>
    public string Assign(Local local, Term value) => InThread.TryGetValue(local, out var own) ? $"{own} = {value};" : AssignOutside(local, value);

    /// <summary>The statement that leaves a local to what follows the kernel.</summary>
    public string AssignOutside(Local local, Term value) => $"{Memory(local, local.Element, Names[local])}[0] = {Scalar.ToMemory(value, local.Element)};";

    public override Term? Start(Buffer buffer) => null;

    public override Dim Offset(Buffer buffer, Address address) => frame.Offset(buffer, address);

    public override Term Element(Buffer buffer, Term at) => InThread.TryGetValue(buffer, out var own) ? own : ElementOutside(buffer, at);

    /// <summary>An element of what a thread has a local of its own of.</summary>
    public Term ElementOutside(Buffer buffer, Term at) => $"{Memory(buffer, buffer.Element, Names[buffer])}[{(at.Text.Length == 0 ? "0" : at.Text)}]";

    public override Term Checked(IndexExpr index, Term value) =>
        $"DeviceCheck.Index({Errors}, {frame.Site(Describe(index.X), Describe(index.Extent))}, {value}, (int){Size(index.Extent).Operand})";

    private string Errors => Field("errors", "ArrayView<int>", "errors", () => $"{frame.Queue}.Errors").Text;

    private Term Memory(object place, ElementType element, string name) =>
        Field(place, $"ArrayView<{DeviceDialect.Stored(element)}>", name, () => frame.View(place, name, written.Contains(place)));

    private Term Field(object key, string type, string wish, Func<string> value)
    {
        if (!known.TryGetValue(key, out var name))
        {
            name = wish;
            for (var i = 1; !taken.Add(name); i++) name = $"{wish}{i}";
            known[key] = name;
            fields.Add((type, name, value()));
        }
        return $"{Parameter}.{name}";
    }

    /// <summary>A size that is one unknown has its name; n*d - 1 is called n_times_d_less_1.</summary>
    private string Named(Dim dim)
    {
        if (dim.Terms is [{ Factor: 1, Atoms: [{ Operation: null } atom] }]) return Names.Size(atom.Name);
        var text = Names.Size(dim).Text.Replace("Math.", "").Replace(" * ", "_times_").Replace(" + ", "_plus_").Replace(" - ", "_less_").Replace(" / ", "_over_").Replace(" % ", "_modulo_");
        var word = string.Concat(text.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : '_')).Trim('_');
        return char.IsDigit(word[0]) ? "size_" + word : word;
    }
}
