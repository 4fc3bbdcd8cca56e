using System.Numerics;

namespace DrJax;

/// <summary>Arithmetic and comparison of <see cref="Tensor3{T}"/>, element by element. Shapes must be equal: the only implicit broadcasts
/// are a scalar with an
/// array and a matrix with a row.</summary>
public static class Tensor3Operators
{
    extension<T>(Tensor3<T>) where T : unmanaged, INumber<T>
    {
        /// <summary>The sum, element by element, of arrays of one shape.</summary>
        public static Tensor3<T> operator +(Tensor3<T> x, Tensor3<T> y) => x.Zip("operator +", y, (a, b) => a + b);

        /// <summary>The sum of every element and s.</summary>
        public static Tensor3<T> operator +(Tensor3<T> x, T s) => x.Map(a => a + s);

        /// <summary>The sum of s and every element.</summary>
        public static Tensor3<T> operator +(T s, Tensor3<T> x) => x.Map(a => s + a);

        /// <summary>The difference, element by element, of arrays of one shape.</summary>
        public static Tensor3<T> operator -(Tensor3<T> x, Tensor3<T> y) => x.Zip("operator -", y, (a, b) => a - b);

        /// <summary>The difference of every element and s.</summary>
        public static Tensor3<T> operator -(Tensor3<T> x, T s) => x.Map(a => a - s);

        /// <summary>The difference of s and every element.</summary>
        public static Tensor3<T> operator -(T s, Tensor3<T> x) => x.Map(a => s - a);

        /// <summary>The product, element by element, of arrays of one shape.</summary>
        public static Tensor3<T> operator *(Tensor3<T> x, Tensor3<T> y) => x.Zip("operator *", y, (a, b) => a * b);

        /// <summary>The product of every element and s.</summary>
        public static Tensor3<T> operator *(Tensor3<T> x, T s) => x.Map(a => a * s);

        /// <summary>The product of s and every element.</summary>
        public static Tensor3<T> operator *(T s, Tensor3<T> x) => x.Map(a => s * a);

        /// <summary>The quotient, element by element, of arrays of one shape.</summary>
        public static Tensor3<T> operator /(Tensor3<T> x, Tensor3<T> y) => x.Zip("operator /", y, (a, b) => a / b);

        /// <summary>The quotient of every element and s.</summary>
        public static Tensor3<T> operator /(Tensor3<T> x, T s) => x.Map(a => a / s);

        /// <summary>The quotient of s and every element.</summary>
        public static Tensor3<T> operator /(T s, Tensor3<T> x) => x.Map(a => s / a);

        /// <summary>The negative of every element.</summary>
        public static Tensor3<T> operator -(Tensor3<T> x) => x.Map(a => -a);

        /// <summary>Whether x &gt; y, element by element, for arrays of one shape.</summary>
        public static Tensor3<bool> operator >(Tensor3<T> x, Tensor3<T> y) => x.Zip("operator >", y, (a, b) => a > b);

        /// <summary>Whether x &gt; s, for every element.</summary>
        public static Tensor3<bool> operator >(Tensor3<T> x, T s) => x.Map(a => a > s);

        /// <summary>Whether s &gt; x, for every element.</summary>
        public static Tensor3<bool> operator >(T s, Tensor3<T> x) => x.Map(a => s > a);

        /// <summary>Whether x &lt; y, element by element, for arrays of one shape.</summary>
        public static Tensor3<bool> operator <(Tensor3<T> x, Tensor3<T> y) => x.Zip("operator <", y, (a, b) => a < b);

        /// <summary>Whether x &lt; s, for every element.</summary>
        public static Tensor3<bool> operator <(Tensor3<T> x, T s) => x.Map(a => a < s);

        /// <summary>Whether s &lt; x, for every element.</summary>
        public static Tensor3<bool> operator <(T s, Tensor3<T> x) => x.Map(a => s < a);

        /// <summary>Whether x &gt;= y, element by element, for arrays of one shape.</summary>
        public static Tensor3<bool> operator >=(Tensor3<T> x, Tensor3<T> y) => x.Zip("operator >=", y, (a, b) => a >= b);

        /// <summary>Whether x &gt;= s, for every element.</summary>
        public static Tensor3<bool> operator >=(Tensor3<T> x, T s) => x.Map(a => a >= s);

        /// <summary>Whether s &gt;= x, for every element.</summary>
        public static Tensor3<bool> operator >=(T s, Tensor3<T> x) => x.Map(a => s >= a);

        /// <summary>Whether x &lt;= y, element by element, for arrays of one shape.</summary>
        public static Tensor3<bool> operator <=(Tensor3<T> x, Tensor3<T> y) => x.Zip("operator <=", y, (a, b) => a <= b);

        /// <summary>Whether x &lt;= s, for every element.</summary>
        public static Tensor3<bool> operator <=(Tensor3<T> x, T s) => x.Map(a => a <= s);

        /// <summary>Whether s &lt;= x, for every element.</summary>
        public static Tensor3<bool> operator <=(T s, Tensor3<T> x) => x.Map(a => s <= a);
    }

    extension<T>(Tensor3<T>) where T : unmanaged, IBinaryInteger<T>
    {
        /// <summary>The remainder, element by element, of arrays of one shape; it has the sign of x.</summary>
        public static Tensor3<T> operator %(Tensor3<T> x, Tensor3<T> y) => x.Zip("operator %", y, (a, b) => a % b);

        /// <summary>The remainder of every element by s; it has the sign of the element.</summary>
        public static Tensor3<T> operator %(Tensor3<T> x, T s) => x.Map(a => a % s);

        /// <summary>The remainder of s by every element; it has the sign of s.</summary>
        public static Tensor3<T> operator %(T s, Tensor3<T> x) => x.Map(a => s % a);
    }

    extension(Tensor3<int>)
    {
        /// <summary>The bits that are in both, element by element, for arrays of one shape.</summary>
        public static Tensor3<int> operator &(Tensor3<int> x, Tensor3<int> y) => x.Zip("operator &", y, (a, b) => a & b);

        /// <summary>The bits that are in both, for every element and s.</summary>
        public static Tensor3<int> operator &(Tensor3<int> x, int s) => x.Map(a => a & s);

        /// <summary>The bits that are in both, for s and every element.</summary>
        public static Tensor3<int> operator &(int s, Tensor3<int> x) => x.Map(a => s & a);

        /// <summary>The bits that are in either, element by element, for arrays of one shape.</summary>
        public static Tensor3<int> operator |(Tensor3<int> x, Tensor3<int> y) => x.Zip("operator |", y, (a, b) => a | b);

        /// <summary>The bits that are in either, for every element and s.</summary>
        public static Tensor3<int> operator |(Tensor3<int> x, int s) => x.Map(a => a | s);

        /// <summary>The bits that are in either, for s and every element.</summary>
        public static Tensor3<int> operator |(int s, Tensor3<int> x) => x.Map(a => s | a);

        /// <summary>The bits that are in one alone, element by element, for arrays of one shape.</summary>
        public static Tensor3<int> operator ^(Tensor3<int> x, Tensor3<int> y) => x.Zip("operator ^", y, (a, b) => a ^ b);

        /// <summary>The bits that are in one alone, for every element and s.</summary>
        public static Tensor3<int> operator ^(Tensor3<int> x, int s) => x.Map(a => a ^ s);

        /// <summary>The bits that are in one alone, for s and every element.</summary>
        public static Tensor3<int> operator ^(int s, Tensor3<int> x) => x.Map(a => s ^ a);

        /// <summary>x shifted left by the lowest five bits of the count, element by element, for arrays of one shape.</summary>
        public static Tensor3<int> operator <<(Tensor3<int> x, Tensor3<int> y) => x.Zip("operator <<", y, (a, b) => a << b);

        /// <summary>x shifted left by the lowest five bits of the count, for every element and s.</summary>
        public static Tensor3<int> operator <<(Tensor3<int> x, int s) => x.Map(a => a << s);

        /// <summary>x shifted right with its sign by the lowest five bits of the count, element by element, for arrays of one shape.</summary>
        public static Tensor3<int> operator >>(Tensor3<int> x, Tensor3<int> y) => x.Zip("operator >>", y, (a, b) => a >> b);

        /// <summary>x shifted right with its sign by the lowest five bits of the count, for every element and s.</summary>
        public static Tensor3<int> operator >>(Tensor3<int> x, int s) => x.Map(a => a >> s);

        /// <summary>x shifted right without a sign by the lowest five bits of the count, element by element, for arrays of one shape.</summary>
        public static Tensor3<int> operator >>>(Tensor3<int> x, Tensor3<int> y) => x.Zip("operator >>>", y, (a, b) => a >>> b);

        /// <summary>x shifted right without a sign by the lowest five bits of the count, for every element and s.</summary>
        public static Tensor3<int> operator >>>(Tensor3<int> x, int s) => x.Map(a => a >>> s);

        /// <summary>All bits turned round: -x - 1.</summary>
        public static Tensor3<int> operator ~(Tensor3<int> x) => x.Map(a => ~a);
    }

    extension(Tensor3<bool>)
    {
        /// <summary>Whether not x, element by element.</summary>
        public static Tensor3<bool> operator !(Tensor3<bool> x) => x.Map(a => !a);

        /// <summary>Whether x and y, element by element.</summary>
        public static Tensor3<bool> operator &(Tensor3<bool> x, Tensor3<bool> y) => x.Zip("operator &", y, (a, b) => a & b);

        /// <summary>Whether x or y, element by element.</summary>
        public static Tensor3<bool> operator |(Tensor3<bool> x, Tensor3<bool> y) => x.Zip("operator |", y, (a, b) => a | b);

        /// <summary>Whether just one of x and y, element by element.</summary>
        public static Tensor3<bool> operator ^(Tensor3<bool> x, Tensor3<bool> y) => x.Zip("operator ^", y, (a, b) => a ^ b);
    }
}
