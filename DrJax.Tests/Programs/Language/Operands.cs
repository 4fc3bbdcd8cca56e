using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

/// <summary>Assignments in operands that may not run: of &amp;&amp; and ||, of ?:, in arms and guards of switches, in conditions of loops.</summary>
public static class Operands
{
    [DrJaxProgram("groups")]
    public static double Attempts(double k, Placed<Vec<double>> data) => ReduceMean(Map(x =>
    {
        var (tries, sum) = (0, 0.0);
        for (var i = 0; ; i++)
        {
            sum += k * x[i % x.Length];
            if (x[i % x.Length] > 1.5 || ++tries > 5) break;
        }
        return sum + tries;
    }, data));

    [DrJaxProgram("groups")]
    public static double And(double k, Placed<Vec<double>> data) => ReduceMean(Map(x =>
    {
        var (last, total) = (0.0, 0.0);
        foreach (var e in x)
        {
            if (e > 0 && (last = e * k) > 0.2001) total += last;
            var both = e < 0 && (total -= 0.1 * k) > 0.0003 && e < -1;
            total += both ? 1 : 0;
        }
        return total + last;
    }, data));

    [DrJaxProgram("groups")]
    public static double Arms(double k, Placed<Vec<double>> data) => ReduceMean(Map(x =>
    {
        var (hits, misses, sum) = (0, 0, 0.0);
        foreach (var e in x)
        {
            sum += e > 0 ? hits++ * k : e < -1 ? (sum *= 0.5) + misses : --misses;
            sum += hits switch { 0 => k, 1 => sum += 1, _ when (misses += 1) > 2 => (misses += 2) * k, _ => 0 };
        }
        return sum * hits + misses;
    }, data));

    [DrJaxProgram("groups")]
    public static double Conditions(double k, Placed<Vec<double>> data) => ReduceMean(Map(x =>
    {
        var (i, n, sum) = (0, 0, 0.0);
        bool Grows() => (sum += k) < 3.0001;
        while (i < x.Length && ((sum += x[i] * k) < 3.0001 || i++ > 100)) i++;
        do { sum *= 0.9; } while (sum > 0.5001 && (n++ < 7 || sum > 4.0001));
        return x[0] > 0 && Grows() ? sum * n : sum;
    }, data));
}
