using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DrJax.Compiled;

/// <summary>
/// Scratch memory of the current thread: a bump allocator over unmanaged chunks. What is rented is 64-byte aligned, padded to 64 bytes,
/// not cleared, and valid until the mark taken before it is released. Chunks are kept for the next rent and freed with the thread.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Arena
{
    private const nint Alignment = 64;
    private const nint FirstChunk = 256 << 10;

    [ThreadStatic]
    private static Chunks? s_chunks;

    private static Chunks Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => s_chunks ?? First();
    }

    /// <summary>How far this thread's arena is filled; pass it to <see cref="Release"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ArenaMark Mark() => new(Current);

    /// <summary>Gives back everything rented on this thread since <paramref name="mark"/> was taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Release(ArenaMark mark) => mark.Chunks.Release(mark);

    /// <summary>At least <paramref name="bytes"/> bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Rent(nint bytes) => Current.Rent(bytes);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Chunks First() => s_chunks = new Chunks();

    /// <summary>Room for <paramref name="count"/> elements.</summary>
    public static T* Rent<T>(nint count)
        where T : unmanaged => (T*)Current.Rent(checked(count * sizeof(T)));

    /// <summary>The bytes of all chunks that this thread holds.</summary>
    internal static nint Capacity => Current.Capacity;

    /// <summary>Stands at the start of each chunk, one alignment unit long.</summary>
    internal struct Header
    {
        public Header* Previous;
        public Header* Next;
        public byte* End;
    }

    /// <summary>A thread's chunks, oldest first; those after the active one are empty and wait for reuse.</summary>
    internal sealed class Chunks
    {
        private Header* _first;

        public Header* Active { get; private set; }

        public byte* Top { get; private set; }

        ~Chunks() => Free(_first);

        public nint Capacity
        {
            get
            {
                nint sum = 0;
                for (var chunk = _first; chunk != null; chunk = chunk->Next)
                {
                    sum += (nint)(chunk->End - Start(chunk));
                }

                return sum;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public byte* Rent(nint bytes)
        {
            var start = Top;
            if (Active == null || (nuint)bytes > (nuint)(Active->End - start))
            {
                return RentFromAnother(bytes);
            }

            // A chunk's end is aligned, so the padding always fits.
            Top = start + ((bytes + (Alignment - 1)) & -Alignment);
            return start;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Release(ArenaMark mark)
        {
            Active = mark.Chunk;
            Top = mark.Top;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private byte* RentFromAnother(nint bytes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(bytes);
            var next = Active == null ? _first : Active->Next;
            if (next == null || next->End - Start(next) < bytes)
            {
                Free(next);
                next = Allocate(Math.Max(bytes, Active == null ? FirstChunk : (nint)(2 * (Active->End - Start(Active)))));
                if (Active == null)
                {
                    _first = next;
                }
                else
                {
                    Active->Next = next;
                }
            }

            Active = next;
            Top = Start(next);
            return Rent(bytes);
        }

        private static byte* Start(Header* chunk) => (byte*)chunk + Alignment;

        private static Header* Allocate(nint bytes)
        {
            var size = checked(((bytes + (Alignment - 1)) & -Alignment) + Alignment);
            var chunk = (Header*)NativeMemory.AlignedAlloc((nuint)size, (nuint)Alignment);
            *chunk = new Header { End = (byte*)chunk + size };
            return chunk;
        }

        private void Free(Header* chunk)
        {
            if (chunk == _first)
            {
                _first = null;
            }
            else if (Active != null)
            {
                Active->Next = null;
            }

            while (chunk != null)
            {
                var next = chunk->Next;
                NativeMemory.AlignedFree(chunk);
                chunk = next;
            }
        }
    }
}

/// <summary>A fill level of the current thread's <see cref="Arena"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct ArenaMark
{
    internal readonly Arena.Chunks Chunks;
    internal readonly Arena.Header* Chunk;
    internal readonly byte* Top;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ArenaMark(Arena.Chunks chunks)
    {
        Chunks = chunks;
        Chunk = chunks.Active;
        Top = chunks.Top;
    }
}
