using System.Runtime.Intrinsics;
using DrJax.Compiled;
using Xunit;

namespace DrJax.Tests.Numerics;

using Check = DrJax.Compiled.Check;

public class CheckTests
{
    [Fact]
    public void Failures_name_the_argument_what_was_expected_and_what_came()
    {
        var dimension = Assert.Throws<ArgumentException>(() => Check.Dimension("data", 0, 3, "the length of model", 4));
        Assert.StartsWith("data: axis 0 has length 4, expected 3 (the length of model)", dimension.Message, StringComparison.Ordinal);
        Assert.Equal("data", dimension.ParamName);
        var index = Assert.Throws<IndexOutOfRangeException>(() => Check.Index("labels[2]", 10, "axis 1 of logp", 10));
        Assert.Equal(("index 10 is outside an axis of length 10", "labels[2]", "axis 1 of logp"), (index.Message, index.Data["index"], index.Data["axis"]));
        Assert.Throws<IndexOutOfRangeException>(() => Check.Index("i", -1, "x", 10));
        var groups = Assert.Throws<ArgumentException>(() => Check.PlacementSize("data", "clients", 3, "the attribute", 2));
        Assert.StartsWith("data: placed at clients with 2 groups, expected 3 (the attribute)", groups.Message, StringComparison.Ordinal);
        var empty = Assert.Throws<ArgumentException>(() => Check.NotEmpty("data", "ReduceMax", 0));
        Assert.StartsWith("data: ReduceMax needs at least one element, the length is 0", empty.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_indices_in_lanes_the_first_outside_fails_and_those_beyond_the_count_become_zero()
    {
        var longs = Vector512.Create(0L, 9, 3, 4, 10, -1, 0, 0);
        var index = Assert.Throws<IndexOutOfRangeException>(() => Check.Indices("labels", longs, "axis 1 of logp", 10));
        Assert.Equal(("index 10 is outside an axis of length 10", "labels", "axis 1 of logp"), (index.Message, index.Data["index"], index.Data["axis"]));
        Assert.Equal(Vector512.Create(0L, 9, 3, 4, 0, 0, 0, 0), Check.Indices("labels", longs, "axis 1 of logp", 10, 4));
        var ints = Vector512.Create(1, 2, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3);
        Assert.Throws<IndexOutOfRangeException>(() => Check.Indices("labels", ints, "axis 1 of logp", 3, 3));
        Assert.Equal(Vector512.Create(1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), Check.Indices("labels", ints, "axis 1 of logp", 3, 2));
    }

    [Fact]
    public void What_fits_passes()
    {
        Check.Dimension("data", 0, 3, "the length of model", 3);
        Check.Index("i", 9, "x", 10);
        Check.PlacementSize("data", "clients", 3, "the attribute", 3);
        Check.NotEmpty("data", "ReduceMax", 1);
    }
}
