using System.Numerics;
using static DrJax.Autodiff;
using static DrJax.MapReduce;
using static DrJax.Ops;

namespace DrJax.Tests.Programs.Language;

public enum OptionType { Call = 1, Put = -1 }
public enum Exercise { European, American }

public record OptionSpec(double Strike, double Maturity, OptionType Type = OptionType.Call, Exercise Exercise = Exercise.European);

public readonly record struct Complex2(double Re, double Im)
{
    public static Complex2 operator +(Complex2 a, Complex2 b) => new(a.Re + b.Re, a.Im + b.Im);
    public static Complex2 operator -(Complex2 a, Complex2 b) => new(a.Re - b.Re, a.Im - b.Im);
    public static Complex2 operator -(Complex2 a) => new(-a.Re, -a.Im);
    public static Complex2 operator *(Complex2 a, Complex2 b) => new(a.Re * b.Re - a.Im * b.Im, a.Re * b.Im + a.Im * b.Re);
    public static Complex2 operator /(Complex2 a, Complex2 b)
    {
        var d = b.Re * b.Re + b.Im * b.Im;
        return new((a.Re * b.Re + a.Im * b.Im) / d, (a.Im * b.Re - a.Re * b.Im) / d);
    }
    public static implicit operator Complex2(double x) => new(x, 0);
    public static readonly Complex2 I = new(0, 1);
    public static Complex2 Exp(Complex2 z) => new(Math.Exp(z.Re) * Math.Cos(z.Im), Math.Exp(z.Re) * Math.Sin(z.Im));
    public static Complex2 Log(Complex2 z) => new(0.5 * Math.Log(z.Re * z.Re + z.Im * z.Im), Math.Atan2(z.Im, z.Re));
    public static Complex2 Sqrt(Complex2 z)
    {
        var r = Math.Sqrt(Math.Sqrt(z.Re * z.Re + z.Im * z.Im));
        var phi = Math.Atan2(z.Im, z.Re) / 2;
        return new(r * Math.Cos(phi), r * Math.Sin(phi));
    }
}

/// <summary>Prices: trees, characteristic functions, smiles, paths, grids.</summary>
public static class Finance
{
    // CRR binomial tree, American option
    private static double Binomial(double s, double sigma, double r, OptionSpec spec, int steps)
    {
        var dt = spec.Maturity / steps;
        var u = Math.Exp(sigma * Math.Sqrt(dt));
        var d = 1 / u;
        var p = (Math.Exp(r * dt) - d) / (u - d);
        var discount = Math.Exp(-r * dt);
        double Payoff(double spot) => spec.Type switch
        {
            OptionType.Call => Math.Max(spot - spec.Strike, 0),
            OptionType.Put => Math.Max(spec.Strike - spot, 0),
            _ => 0,
        };
        var values = Build(steps + 1, i => Payoff(s * Math.Pow(u, 2 * i - steps)));
        for (var n = steps - 1; n >= 0; n--)
        {
            var now = values;
            values = Build(steps + 1, i =>
            {
                if (i > n) return 0.0;
                var hold = discount * (p * now[i + 1] + (1 - p) * now[i]);
                return spec.Exercise == Exercise.American ? Math.Max(hold, Payoff(s * Math.Pow(u, 2 * i - n))) : hold;
            });
        }
        return values[0];
    }

    [DrJaxProgram("options")]
    public static double AmericanPuts(double spot, double vol, Placed<double> strikes) => ReduceMean(Map(k =>
        Binomial(1 + 0.1 * spot, 0.2 + 0.05 * Square(vol), 0.03, new OptionSpec(1 + 0.11 * k, 1.0, OptionType.Put, Exercise.American), steps: 8), strikes));

    // Heston by the characteristic function with Gauss-Laguerre / trapezoid quadrature
    private static Complex2 HestonCf(Complex2 u, double kappa, double theta, double sigma, double rho, double v0, double t)
    {
        var iu = Complex2.I * u;
        var b = (Complex2)kappa - rho * sigma * iu;
        var d = Complex2.Sqrt(b * b + sigma * sigma * (iu + u * u));
        var g = (b - d) / (b + d);
        var e = Complex2.Exp(-(d * t));
        var c = kappa * theta / (sigma * sigma) * ((b - d) * t - 2.0 * Complex2.Log((1.0 - g * e) / (1.0 - g)));
        var dd = (b - d) / (sigma * sigma) * ((1.0 - e) / (1.0 - g * e));
        return Complex2.Exp(c + dd * v0);
    }

    [DrJaxProgram("quotes")]
    public static double HestonCalibration((double Kappa, double Theta, double Sigma, double Rho, double V0) raw, Placed<(double Strike, double Quote)> quotes)
    {
        var (kappa, theta, sigma, rho, v0) = (1 + Softplus(raw.Kappa), 0.02 + 0.02 * Sigmoid(raw.Theta), 0.3 + 0.1 * Tanh(raw.Sigma), 0.5 * Tanh(raw.Rho), 0.04 + 0.02 * Sigmoid(raw.V0));
        const int nodes = 24;
        const double step = 1.0;
        return ReduceMean(Map(q =>
        {
            var logStrike = 0.05 * q.Strike;
            var integral = 0.0;
            for (var j = 0; j < nodes; j++)
            {
                var u = (j + 0.5) * step;
                var phi = HestonCf(new Complex2(u, -0.5), kappa, theta, sigma, rho, v0, 1.0);
                var e = Complex2.Exp(-(Complex2.I * (u * logStrike)));
                integral += (e * phi).Re / (u * u + 0.25) * step;
            }
            var price = 1 - Math.Exp(logStrike / 2) / Math.PI * integral;
            return Square(price - 0.1 - 0.01 * q.Quote);
        }, quotes));
    }

    // SABR implied volatility (Hagan), with the at-the-money limit
    private static T Sabr<T>(T f, T k, T t, T alpha, T beta, T rho, T nu) where T : IFloatingPointIeee754<T>
    {
        var one = T.One;
        T C(double v) => T.CreateChecked(v);
        var b1 = one - beta;
        var fkb = T.Pow(f * k, b1 / C(2));
        var logFk = T.Log(f / k);
        var z = nu / alpha * fkb * logFk;
        T zOverX;
        if (T.Abs(z) < C(1e-6)) zOverX = one - rho * z / C(2);
        else zOverX = z / T.Log((T.Sqrt(one - C(2) * rho * z + z * z) + z - rho) / (one - rho));
        var denominator = fkb * (one + b1 * b1 / C(24) * logFk * logFk + b1 * b1 * b1 * b1 / C(1920) * logFk * logFk * logFk * logFk);
        var correction = one + (b1 * b1 / C(24) * alpha * alpha / (fkb * fkb) + rho * beta * nu * alpha / (C(4) * fkb) + (C(2) - C(3) * rho * rho) / C(24) * nu * nu) * t;
        return alpha / denominator * zOverX * correction;
    }

    [DrJaxProgram("strikes")]
    public static double SabrFit((double Alpha, double Rho, double Nu) raw, Placed<(double Strike, double Vol)> smile) => Sqrt(1e-4 + ReduceMean(Map(s =>
        Square(Sabr(1.0, Exp(0.2 * s.Strike), 1.0, 0.2 + 0.05 * Tanh(raw.Alpha), 0.5, 0.6 * Tanh(raw.Rho), 0.4 + 0.1 * raw.Nu) - 0.2 - 0.01 * s.Vol), smile)));

    // CIR by full-truncation Euler, zero-coupon bond
    [DrJaxProgram("paths")]
    public static double CirBond((double Kappa, double Theta, double Sigma) p, Key key, Placed<double> shift)
    {
        const int steps = 12;
        const double dt = 1.0 / steps;
        var (kappa, theta, sigma) = (0.5 + Square(p.Kappa) / 4, 0.03 + 0.01 * Sigmoid(p.Theta), 0.1 * Sigmoid(p.Sigma));
        return ReduceMean(Map((k, s) =>
        {
            var dw = Rng.Normal<double>(k, steps);
            double rate = 0.03 + 0.001 * s, integral = 0;
            for (int i = 0; i < steps; ++i)
            {
                var positive = Math.Max(rate, 0.0);
                integral += positive * dt;
                rate += kappa * (theta - positive) * dt + sigma * Math.Sqrt(positive) * Math.Sqrt(dt) * dw[i];
            }
            return Math.Exp(-integral);
        }, Rng.SplitGroups(key, shift), shift));
    }

    // Crank-Nicolson for Black-Scholes with the Thomas algorithm
    private static Vec<double> Thomas(Vec<double> lower, Vec<double> diagonal, Vec<double> upper, Vec<double> rhs)
    {
        int n = diagonal.Length;
        var c = Zeros<double>(n);
        var d = Zeros<double>(n);
        c = c.With(0, upper[0] / diagonal[0]);
        d = d.With(0, rhs[0] / diagonal[0]);
        for (int i = 1; i < n; i++)
        {
            var m = 1.0 / (diagonal[i] - lower[i] * c[i - 1]);
            c = c.With(i, upper[i] * m);
            d = d.With(i, (rhs[i] - lower[i] * d[i - 1]) * m);
        }
        var x = d;
        for (int i = n - 2; i >= 0; i--) x = x.With(i, d[i] - c[i] * x[i + 1]);
        return x;
    }

    [DrJaxProgram]
    public static Vec<double> CrankNicolson(Vec<double> u0, double diffusivity)
    {
        var n = u0.Length;
        var alpha = 0.5 * Exp(diffusivity / 2);
        var u = u0;
        var (off, main) = (Full(n, -alpha / 2), Full(n, 1 + alpha));
        for (var step = 0; step < 3; step++)
        {
            var v = u;
            var rhs = Build(n, i => (1 - alpha) * v[i] + alpha / 2 * ((i > 0 ? v[i - 1] : 0) + (i < n - 1 ? v[i + 1] : 0)));
            u = Thomas(off, main, off, rhs);
        }
        return u;
    }
}
