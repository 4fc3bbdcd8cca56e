using System.Numerics;
using ILGPU;

namespace DrJax.Compiled.Devices;

/// <summary>The threads that work on one problem together.</summary>
internal interface ITeam
{
    int Rank { get; }

    int Size { get; }

    /// <summary>The problem that this team works on.</summary>
    long Problem(long index);

    /// <summary>What any of the team has written, all can read afterwards.</summary>
    void Wait();

    /// <summary>The index of the largest value, of several the least index; -1 is below all. Every thread gives one of its own.</summary>
    int Largest<T>(T value, int index) where T : unmanaged, INumber<T>;
}

/// <summary>One thread on its own: for small problems, of which there are many.</summary>
internal readonly struct Alone : ITeam
{
    public int Rank => 0;

    public int Size => 1;

    public long Problem(long index) => index;

    public void Wait()
    {
    }

    public int Largest<T>(T value, int index) where T : unmanaged, INumber<T> => index;
}

/// <summary>A group of threads.</summary>
internal readonly struct Together : ITeam
{
    public int Rank => Group.IdxX;

    public int Size => Group.DimX;

    public long Problem(long index) => Grid.IdxX;

    public void Wait() => Group.Barrier();

    public int Largest<T>(T value, int index) where T : unmanaged, INumber<T> => GroupIndex.Of(value, index, default(GroupIndex.Numbers<T>));
}
