using DrJax.Compiled;
using Xunit;

namespace DrJax.Tests.Numerics;

public unsafe class TapeTests
{
    private const int Entries = 1000;
    private const int Size = 3;

    [Fact]
    public void Entries_stay_while_the_tape_grows()
    {
        var mark = Arena.Mark();
        nint room = 0;
        var tape = Filled(ref room);
        Assert.InRange(room, Entries, 2 * Entries);
        for (var i = 0; i < Entries * Size; i++) Assert.Equal(i, tape[i]);
        Arena.Release(mark);
    }

    [Fact]
    public void Entries_without_elements_take_room_all_the_same()
    {
        double* tape = null;
        nint room = 0;
        for (var i = 0; i < Entries; i++) Tape.Reserve(ref tape, ref room, i, 0);
        Assert.InRange(room, Entries, 2 * Entries);
    }

    [Fact]
    public void A_second_tape_of_the_same_length_takes_no_new_memory()
    {
        Again();
        var scratch = Arena.Capacity;
        Assert.Equal(0, Allocation.Bytes(Again));
        Assert.Equal(scratch, Arena.Capacity);

        static void Again()
        {
            var mark = Arena.Mark();
            nint room = 0;
            Filled(ref room);
            Arena.Release(mark);
        }
    }

    private static double* Filled(ref nint room)
    {
        double* tape = null;
        for (var i = 0; i < Entries; i++)
        {
            Tape.Reserve(ref tape, ref room, i, Size);
            for (var k = 0; k < Size; k++) tape[i * Size + k] = i * Size + k;
        }
        return tape;
    }
}
