using Xunit;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs;

/// <summary>What control flow must not do: let the arm that is not taken, or the group that has finished, be heard; demand what is never
/// reached.</summary>
public class ControlFlowTests
{
    /// <summary>A vector and a tail in lanes of 8 and of 16.</summary>
    private const int Groups = 17;

    public static class Kinks
    {
        /// <summary>After its loop has ended a group's s is 0, where the square root has no derivative.</summary>
        [DrJaxProgram("points")]
        internal static double Finished(Placed<double> x) => ReduceSum(Map(static x =>
        {
            var (s, y) = (x, 0.0);
            while (s > 0.5)
            {
                y += Sqrt(s - 0.5) + Log(s - 0.5) / (s - 0.5);
                s = s > 2 ? s - 1 : 0.5;
            }
            return y;
        }, x));

        [DrJaxProgram("points")]
        internal static double Left(Placed<double> x) => ReduceSum(Map(static x =>
        {
            var y = 0.0;
            for (var i = 0; i < 4; i++)
            {
                if (x <= i) break;
                y += Sqrt(x - i) + 1 / (x - i);
            }
            return y;
        }, x));

        [DrJaxProgram("points")]
        internal static double Returned(Placed<double> x) => ReduceSum(Map(static x =>
        {
            foreach (var (low, scale) in new[] { (2.0, 0.5), (1.0, 2.0), (0.0, 1.0) })
            {
                if (x <= low) continue;
                return scale * Log(x - low);
            }
            return 0;
        }, x));

        [DrJaxProgram("points")]
        internal static double Switched(Placed<double> x) => ReduceSum(Map(static x => x switch
        {
            < 0 => Sqrt(-x),
            0 => 0,
            > 2 => 1 / (x - 2),
            2 => 1,
            _ => Log(x),
        }, x));
    }

    private static readonly Placed<double> Points = Placed.Rows(Build(Groups, i => i % 6 - 1 + (i % 2 == 0 ? 0 : 0.25)));

    private static readonly Placed<double> Ones = Placed.Rows(Ones<double>(Groups));

    [Fact]
    public void Derivatives_do_not_hear_what_is_not_taken()
    {
        // Central differences would step over the kinks at the integers: the derivatives are written out.
        Finite(Grad(Kinks.Finished, Points), Hvp(Kinks.Finished, Points, Ones), x => Through(x).First, x => Through(x).Second);
        Finite(Grad(Kinks.Left, Points), Hvp(Kinks.Left, Points, Ones),
            x => Enumerable.Range(0, 4).Where(i => x > i).Sum(i => 0.5 / Math.Sqrt(x - i) - 1 / Math.Pow(x - i, 2)),
            x => Enumerable.Range(0, 4).Where(i => x > i).Sum(i => -0.25 / Math.Pow(x - i, 1.5) + 2 / Math.Pow(x - i, 3)));
        Finite(Grad(Kinks.Returned, Points), Hvp(Kinks.Returned, Points, Ones),
            x => x > 2 ? 0.5 / (x - 2) : x > 1 ? 2 / (x - 1) : x > 0 ? 1 / x : 0,
            x => x > 2 ? -0.5 / Math.Pow(x - 2, 2) : x > 1 ? -2 / Math.Pow(x - 1, 2) : x > 0 ? -1 / (x * x) : 0);
        Finite(Grad(Kinks.Switched, Points), Hvp(Kinks.Switched, Points, Ones),
            x => x switch { < 0 => -0.5 / Math.Sqrt(-x), 0 or 2 => 0, > 2 => -1 / Math.Pow(x - 2, 2), _ => 1 / x },
            x => x switch { < 0 => -0.25 / Math.Pow(-x, 1.5), 0 or 2 => 0, > 2 => 2 / Math.Pow(x - 2, 3), _ => -1 / (x * x) });
    }

    /// <summary>The derivatives of Kinks.Finished: each trip adds those of sqrt t + log t / t at t = s - 1/2, and s moves with x.</summary>
    private static (double First, double Second) Through(double x)
    {
        var (first, second) = (0.0, 0.0);
        for (var s = x; s > 0.5;)
        {
            var t = s - 0.5;
            first += 0.5 / Math.Sqrt(t) + (1 - Math.Log(t)) / (t * t);
            second += -0.25 / Math.Pow(t, 1.5) + (2 * Math.Log(t) - 3) / (t * t * t);
            if (s <= 2) break;
            s -= 1;
        }
        return (first, second);
    }

    private static void Finite(Placed<double> first, Placed<double> second, Func<double, double> expected, Func<double, double> expectedSecond)
    {
        for (var i = 0; i < Groups; i++)
        {
            // A few operations of double precision, of numbers up to some hundreds.
            Assert.Equal(expected(Points[i]), first[i], 1e-11);
            Assert.Equal(expectedSecond(Points[i]), second[i], 1e-10);
        }
    }

    public static class Unreached
    {
        [DrJaxProgram]
        internal static double Never(Vec<double> x, int n)
        {
            var s = 1.0;
            for (var i = 0; i < n; i++) s += x[3];
            return s;
        }

        [DrJaxProgram]
        internal static double Nested(Vec<double> x, int n, int m)
        {
            var s = 1.0;
            for (var i = 0; i < n; i++)
                for (var j = 0; j < m; j++) s += x[j];
            return s;
        }

        [DrJaxProgram]
        internal static double AfterBreak(Vec<double> x, int n)
        {
            var s = 1.0;
            for (var i = 0; i < 10; i++)
            {
                if (i == n) break;
                s += x[i];
            }
            return s;
        }

        [DrJaxProgram]
        internal static double Guarded(Vec<double> x)
        {
            var i = 0;
            while (i < x.Length && x[i] > 0) i++;
            return i < x.Length ? x[i] : i;
        }
    }

    [Fact]
    public void An_index_that_is_not_reached_is_not_demanded()
    {
        Vec<double> x = [1, 2];
        foreach (var (name, arguments) in new (string, object[])[]
        {
            (nameof(Unreached.Never), [x, 0]), (nameof(Unreached.Never), [x, -1]), (nameof(Unreached.Nested), [x, 0, 5]), (nameof(Unreached.Nested), [x, 3, 2]),
            (nameof(Unreached.AfterBreak), [x, 2]), (nameof(Unreached.Guarded), [x]),
        })
        {
            var twin = new Twin(typeof(Unreached).GetMethod(name, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!);
            Assert.Equal(twin.Eager(arguments), twin.Forward(arguments));
        }
    }

    [Fact]
    public void An_index_that_is_reached_throws_what_eager_does()
    {
        Vec<double> x = [1, 2];
        foreach (var (name, arguments) in new (string, object[])[]
        {
            (nameof(Unreached.Never), [x, 1]), (nameof(Unreached.Nested), [x, 1, 3]), (nameof(Unreached.AfterBreak), [x, 3]),
        })
        {
            var twin = new Twin(typeof(Unreached).GetMethod(name, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!);
            Assert.Throws<IndexOutOfRangeException>(() => twin.Eager(arguments));
            Assert.Throws<IndexOutOfRangeException>(() => twin.Forward(arguments));
        }
    }
}
