using DrJax.Generator.Ir;
using DrJax.Generator.Lowering;
using Buffer = DrJax.Generator.Lowering.Buffer;

namespace DrJax.Generator.Backends.Ilgpu;

/// <summary>A method of the host that launches kernels, and how the memory that it hands to them is called there.</summary>
/// <param name="queue">The queue to which it launches.</param>
internal abstract class DeviceFrame(DeviceProgram program, MethodNames locals, string queue)
{
    public DeviceProgram Program => program;

    public Names Names => program.Names;

    public MethodNames Locals => locals;

    public string Queue => queue;

    /// <summary>Scalars that the method computes itself.</summary>
    public Setting Host { get; } = new LaunchSetting(program.Names);

    /// <summary>The locals of the device that the method has memory for.</summary>
    public HashSet<Local> Owned { get; } = [];

    /// <summary>Scratch that needs no memory: threads have it in locals.</summary>
    public HashSet<Buffer> Unused { get; } = [];

    /// <summary>Scratch that no lowered program has.</summary>
    public List<Buffer> Extra { get; } = [];

    public bool IsOnDevice(Local local) => program.IsOnDevice(local);

    public int Site(string index, string into) => program.Site(index, into);

    /// <summary>The view of a buffer or local that a kernel gets.</summary>
    public abstract string View(object place, string name, bool writes);

    public string View(Buffer buffer, bool writes) => View(buffer, Names[buffer], writes);

    /// <summary>The constant part of an address in the view.</summary>
    public virtual Dim Offset(Buffer buffer, Address address) => address.Offset;

    /// <summary>The buffer whose memory a buffer has: itself, or one that is done with.</summary>
    public virtual Buffer Home(Buffer buffer) => buffer;

    /// <summary>Whether other buffers have a buffer's memory before or after.</summary>
    public virtual bool Shares(Buffer buffer) => false;

    /// <summary>The expression of new memory.</summary>
    public abstract string Allocate(ElementType element, string count);

    /// <summary>The statement that makes room for an entry of a stack that grows.</summary>
    public abstract string Reserve(string stack, string room, string index, string entry);

    /// <summary>Statements after which stacks are given back.</summary>
    public abstract IEnumerable<string> Released(string[] stacks, IEnumerable<string> lines);

    /// <summary>An element on the host, after everything that was launched.</summary>
    public string Fetch(Local local) => $"{queue}.Fetch({View(local, Names[local], writes: false)}, 0){(local.Element == ElementType.Bool ? " != 0" : "")}";

    /// <summary>The number of elements of a buffer.</summary>
    public Term Count(Buffer buffer) => Names.Size(buffer.Size.Substitute(atom => atom.Name == StageSizes.BlockName ? StageSizes.Lanes : null));
}

/// <summary>The program's own body: arrays of the mesh, whose views are those of the leading device.</summary>
internal sealed class ProgramFrame(DeviceProgram program, MethodNames locals, string run, string queue) : DeviceFrame(program, locals, queue)
{
    public string Run => run;

    public override string View(object place, string name, bool writes) => $"{Queue}.{(writes ? "Update" : "Read")}({name})";

    public override string Allocate(ElementType element, string count) => $"{run}.Scratch<{DeviceDialect.Stored(element)}>({count})";

    /// <summary>Memory of which each device may hold its own groups.</summary>
    public string Allocate(Buffer buffer) => Program.IsGrouped(buffer)
        ? $"{run}.Scratch<{DeviceDialect.Stored(buffer.Element)}>({Count(buffer)}, {Names.Size(buffer.Strides[0])})"
        : Allocate(buffer.Element, Count(buffer).Text);

    public override string Reserve(string stack, string room, string index, string entry) => $"{run}.Reserve(ref {stack}, ref {room}, {index}, {entry});";

    public override IEnumerable<string> Released(string[] stacks, IEnumerable<string> lines) => [.. lines, .. stacks.Select(stack => $"{run}.Free({stack});")];
}

/// <summary>A leaf of a stage: views of the device that runs it.</summary>
/// <param name="groups">The buffers of which it has its own groups only.</param>
/// <param name="homes">Each buffer that takes over the memory of another → that one.</param>
internal sealed class LeafFrame(DeviceProgram program, MethodNames locals, string queue, IReadOnlyCollection<Buffer> groups, IReadOnlyDictionary<Buffer, Buffer> homes)
    : DeviceFrame(program, locals, queue)
{
    public override bool Shares(Buffer buffer) => homes.ContainsKey(buffer) || homes.Values.Contains(buffer);

    public override Buffer Home(Buffer buffer) => homes.TryGetValue(buffer, out var home) ? home : buffer;

    public override string View(object place, string name, bool writes) => name;

    public override Dim Offset(Buffer buffer, Address address) =>
        groups.Contains(buffer) ? address.Offset.Substitute(a => a.Name == StageSizes.GroupName ? Dim.Zero : null) : address.Offset;

    public override string Allocate(ElementType element, string count) => $"{Queue}.Take<{DeviceDialect.Stored(element)}>({count})";

    public override string Reserve(string stack, string room, string index, string entry) => $"{Queue}.Reserve(ref {stack}, ref {room}, {index}, {entry});";

    public override IEnumerable<string> Released(string[] stacks, IEnumerable<string> lines) => [$"using var {Locals.Fresh("scope")} = {Queue}.Scope();", .. lines];
}

/// <summary>Methods that launch kernels: sizes are <c>long</c>.</summary>
internal sealed class LaunchSetting(Names names) : HostSetting(names)
{
    public override string Distance => "long";

    /// <summary>Addresses are handed on; nothing is read here.</summary>
    public override Term? Start(Buffer buffer) => null;

    public override string Check(IndexExpr index, Term value) =>
        $"Check.Index({Literal(Describe(index.X))}, {value}, {Literal(Describe(index.Extent))}, (nint){Size(index.Extent).Operand});";
}
