using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace DrJax.Compiled;

/// <summary>
/// The threads that help with stages: persistent, in the background, one run at a time. A worker that runs dry spins for a moment, then parks.
/// The caller takes tasks too, so a worker that wakes late costs nothing but its help. A run allocates nothing.
/// </summary>
/// <remarks>
/// Every thread has tasks of its own, which are neighbours, and takes those of others only after them: so what it wrote last time is in its cache still, and most pairs
/// are combined where they were made. What another processor has just written is slow to read, slowest where the two share no cache.
/// </remarks>
internal static unsafe class WorkerPool
{
    private const double SpinSeconds = 20e-6;

    private static readonly Lock s_lock = new();
    private static readonly SemaphoreSlim s_callerWakes = new(0);
    private static readonly long s_spinTicks = (long)(SpinSeconds * Stopwatch.Frequency);

    private static Worker[] s_workers = [];
    private static int s_entered;

    // A word for each thread, the caller's first, in cache lines of their own: the run, and the tasks [low, high) of the thread that nobody has claimed. Claiming by
    // compare-and-swap can never take a task of another run.
    private const int Apart = 16;
    private static long[] s_tickets = new long[Apart];
    private static int s_run;
    private static int s_threads;
    private static int s_pending;
    private static int s_callerParked;

    // Of the current run; read only while holding one of its tasks.
    private static delegate*<StageJob*, int, void> s_body;
    private static StageJob* s_job;
    private static int s_failedTask;
    private static ExceptionDispatchInfo? s_failure;

    [ThreadStatic]
    private static bool s_isInside;

    /// <summary>Whether this thread may share a run now; if so, it must <see cref="Leave"/>.</summary>
    public static bool TryEnter()
    {
        if (s_isInside || Interlocked.CompareExchange(ref s_entered, 1, 0) != 0)
        {
            return false;
        }

        s_isInside = true;
        return true;
    }

    public static void Leave()
    {
        s_isInside = false;
        Volatile.Write(ref s_entered, 0);
    }

    /// <summary>
    /// Runs tasks 0 to tasks - 1, on at most that many threads. If some fail, throws what the lowest of them threw, after all have ended; tasks
    /// above a failed one may be left out.
    /// </summary>
    public static void Run(delegate*<StageJob*, int, void> body, StageJob* job, int tasks, int threads)
    {
        var sharers = Math.Min(threads, tasks);
        if (s_workers.Length < sharers - 1)
        {
            Grow(sharers - 1);
        }

        s_body = body;
        s_job = job;
        s_failedTask = int.MaxValue;
        s_failure = null;
        s_threads = threads;
        Volatile.Write(ref s_pending, tasks);
        s_run++;
        for (var i = 0; i < sharers; i++)
        {
            Volatile.Write(ref s_tickets[i * Apart], ((long)s_run << 32) | ((long)((i + 1) * tasks / sharers) << 16) | (long)(i * tasks / sharers));
        }

        Interlocked.MemoryBarrier();
        for (var i = 0; i < sharers - 1; i++)
        {
            s_workers[i].Wake();
        }

        while (TryClaim(0, out var task))
        {
            Execute(task);
        }

        AwaitOthers();
        var failure = s_failure;
        s_failure = null;
        failure?.Throw();
    }

    /// <summary>The thread's next task; when it has none, another's last.</summary>
    private static bool TryClaim(int thread, out int task)
    {
        var tickets = Volatile.Read(ref s_tickets);
        for (var k = 0; k < tickets.Length; k += Apart)
        {
            ref var ticket = ref tickets[((thread * Apart) + k) % tickets.Length];
            while (true)
            {
                var seen = Volatile.Read(ref ticket);
                if (!HasTasks(seen))
                {
                    break;
                }

                task = k == 0 ? (int)(seen & 0xffff) : (int)((seen >> 16) & 0xffff) - 1;
                if (Interlocked.CompareExchange(ref ticket, k == 0 ? seen + 1 : seen - (1 << 16), seen) == seen)
                {
                    return true;
                }
            }
        }

        task = 0;
        return false;
    }

    private static bool HasTasks(long ticket) => (ticket & 0xffff) < ((ticket >> 16) & 0xffff);

    private static void Execute(int task)
    {
        var mark = Arena.Mark();
        try
        {
            // Of the failing ones the lowest always runs: nothing below it fails.
            if (Volatile.Read(ref s_failedTask) > task)
            {
                s_body(s_job, task);
            }
        }
#pragma warning disable CA1031 // Every exception goes to the caller.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // What the failed leaf has rented, nobody gives back.
            Arena.Release(mark);
            lock (s_lock)
            {
                if (task < s_failedTask)
                {
                    s_failure = ExceptionDispatchInfo.Capture(e);
                    Volatile.Write(ref s_failedTask, task);
                }
            }
        }

        if (Interlocked.Decrement(ref s_pending) == 0 && Interlocked.Exchange(ref s_callerParked, 0) == 1)
        {
            s_callerWakes.Release();
        }
    }

    private static void AwaitOthers()
    {
        var start = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref s_pending) != 0)
        {
            if (Stopwatch.GetTimestamp() - start < s_spinTicks)
            {
                Thread.SpinWait(8);
                continue;
            }

            Interlocked.Exchange(ref s_callerParked, 1);
            if (Volatile.Read(ref s_pending) != 0 || Interlocked.Exchange(ref s_callerParked, 0) == 0)
            {
                // Either somebody still works and will see the flag, or has seen it and owes a release.
                s_callerWakes.Wait();
            }
        }
    }

    private static void Grow(int count)
    {
        lock (s_lock)
        {
            var workers = new List<Worker>(s_workers);
            while (workers.Count < count)
            {
                workers.Add(new Worker(workers.Count));
            }

            s_workers = [.. workers];
            Volatile.Write(ref s_tickets, new long[(count + 1) * Apart]);
        }
    }

    /// <summary>One helping thread.</summary>
    [SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Lives as long as the process.")]
    private sealed class Worker
    {
        private readonly SemaphoreSlim _wakes = new(0);
        private readonly int _index;
        private int _parked;

        public Worker(int index)
        {
            _index = index;
            new Thread(Work) { IsBackground = true, Name = $"DrJax worker {index + 1}" }.Start();
        }

        public void Wake()
        {
            if (Interlocked.Exchange(ref _parked, 0) == 1)
            {
                _wakes.Release();
            }
        }

        private void Work()
        {
            s_isInside = true;
            while (true)
            {
                var last = Stopwatch.GetTimestamp();
                do
                {
                    while (MayHelp && TryClaim(_index + 1, out var task))
                    {
                        Execute(task);
                        last = Stopwatch.GetTimestamp();
                    }

                    Thread.SpinWait(8);
                }
                while (Stopwatch.GetTimestamp() - last < s_spinTicks);

                Interlocked.Exchange(ref _parked, 1);
                if (!(MayHelp && AnyTasks) || Interlocked.Exchange(ref _parked, 0) == 0)
                {
                    _wakes.Wait();
                }
            }
        }

        private bool MayHelp => _index < Volatile.Read(ref s_threads) - 1;

        private static bool AnyTasks
        {
            get
            {
                var tickets = Volatile.Read(ref s_tickets);
                for (var i = 0; i < tickets.Length; i += Apart)
                {
                    if (HasTasks(Volatile.Read(ref tickets[i])))
                    {
                        return true;
                    }
                }

                return false;
            }
        }
    }
}
