using System.ComponentModel;
using System.Runtime.ExceptionServices;

namespace DrJax.Compiled.Devices;

/// <summary>What a stage does with the groups of a leaf. Leaves run on several devices at once, on the same struct, which they only read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDeviceStage
{
    /// <summary>Runs groups lo to hi - 1 and adds what they reduce to the totals.</summary>
    void Leaf(DeviceQueue queue, long lo, long hi, LeafTotals totals);
}

/// <summary>How totals of groups are combined.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ReduceKind
{
    Sum,
    Max,
    Min,
}

/// <summary>What a stage reduces over all groups: after the stage it is in <paramref name="Array"/>, on the lead.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StageTotal(DeviceArray Array, ReduceKind Kind);

/// <content>Stages: sums follow the halving tree over groups, whose leaves depend on sizes alone; devices run contiguous leaves.</content>
public sealed partial class DeviceRun
{
    /// <summary>Runs a stage over the groups 0 to groups - 1.</summary>
    /// <param name="bytesPerGroup">The scratch that a leaf takes for each of its groups.</param>
    /// <param name="onLead">Whether the first device runs all leaves: the stage writes arrays whose groups are not outermost.</param>
    public void Stage<S>(S stage, long groups, long bytesPerGroup, bool onLead, params ReadOnlySpan<StageTotal> totals) where S : IDeviceStage
    {
        var plan = new DevicePlan(groups, bytesPerGroup, onLead ? [mesh.Lead] : mesh.Devices);
        var layout = new TotalsLayout(totals);
        if (plan.Runs.Length > 1)
        {
            // A device that reads what another computed must find it done.
            foreach (var device in mesh.Devices) device.Synchronize();
        }
        var partials = new Dictionary<(long Lo, long Hi), Partial>();
        var failures = new Exception?[plan.Runs.Length];
        // A thread a device: each waits for its own.
        Task[] others = [.. Enumerable.Range(1, plan.Runs.Length - 1).Select(k =>
            Task.Factory.StartNew(() => RunDevice(stage, plan, k, layout, partials, failures), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        RunDevice(stage, plan, 0, layout, partials, failures);
        Task.WaitAll(others);
        Commit(plan);
        if (Array.Find(failures, f => f is not null) is { } failure)
        {
            foreach (var partial in partials.Values) partial.Free();
            ExceptionDispatchInfo.Throw(failure);
        }
        if (totals.Length == 0) return;
        var total = Total(plan, 0, groups, layout, partials);
        layout.Deliver(Lead, total, totals);
        total.Free();
    }

    private static void RunDevice<S>(S stage, DevicePlan plan, int k, TotalsLayout layout, Dictionary<(long, long), Partial> partials, Exception?[] failures)
        where S : IDeviceStage
    {
        var (device, lo, hi) = plan.Runs[k];
        var queue = device.Queue;
        var mark = queue.Mark;
        queue.Enter(lo, hi);
        try
        {
            foreach (var (from, to) in plan.Nodes(lo, hi))
            {
                var partial = Subtree(stage, plan, queue, from, to, layout);
                lock (partials) partials.Add((from, to), partial);
            }
            if (plan.Runs.Length > 1) device.Synchronize();
        }
        catch (Exception e)
        {
            failures[k] = e;
        }
        finally
        {
            queue.Release(mark);
        }
    }

    /// <summary>The totals of a node of the tree.</summary>
    private static Partial Subtree<S>(S stage, DevicePlan plan, DeviceQueue queue, long lo, long hi, TotalsLayout layout)
        where S : IDeviceStage
    {
        if (hi - lo <= plan.LeafGroups)
        {
            var partial = new Partial(queue, layout.Bytes);
            try
            {
                layout.Clear(queue, partial);
                using var scope = queue.Scope();
                if (hi > lo) stage.Leaf(queue, lo, hi, new(layout, partial));
                return partial;
            }
            catch
            {
                partial.Free();
                throw;
            }
        }
        var middle = lo + ((hi - lo) / 2);
        var left = Subtree(stage, plan, queue, lo, middle, layout);
        Partial right;
        try
        {
            right = Subtree(stage, plan, queue, middle, hi, layout);
        }
        catch
        {
            left.Free();
            throw;
        }
        layout.Combine(queue, left, right);
        right.Free();
        return left;
    }

    /// <summary>A node's totals on the lead, from those of the nodes that devices have run.</summary>
    private Partial Total(DevicePlan plan, long lo, long hi, TotalsLayout layout, Dictionary<(long, long), Partial> partials)
    {
        if (partials.Remove((lo, hi), out var partial)) return partial.On(Lead);
        var middle = lo + ((hi - lo) / 2);
        var left = Total(plan, lo, middle, layout, partials);
        var right = Total(plan, middle, hi, layout, partials);
        layout.Combine(Lead, left, right);
        right.Free();
        return left;
    }

    /// <summary>Arrays that the stage has written are now right where it has.</summary>
    private static void Commit(DevicePlan plan)
    {
        var written = plan.Runs.ToDictionary(run => run.Device, run => run.Device.Queue.Exit());
        foreach (var array in written.Values.SelectMany(arrays => arrays).Distinct())
        {
            array.Storage.Written([.. plan.Runs
                .Where(run => written[run.Device].Contains(array))
                .Select(run => (run.Device, run.Lo * array.GroupLength, run.Hi * array.GroupLength))]);
        }
    }
}
