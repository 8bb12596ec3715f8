using System.Diagnostics.CodeAnalysis;

namespace Pacil.Web;

/// <summary>The result of a use case: a value, or the problem that prevented the use case.</summary>
/// <remarks>
/// A class, not a struct, because the code that the framework generates for routes compares results with null.
/// </remarks>
internal sealed class Result<T> : IResult
{
    private Result(T? value, Problem? problem) => (Value, Problem) = (value, problem);

    public T? Value { get; }

    public Problem? Problem { get; }

    [MemberNotNullWhen(true, nameof(Problem))]
    [MemberNotNullWhen(false, nameof(Value))]
    public bool IsProblem => Problem is not null;

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Problem problem) => new(default, problem);

    public Result<TNext> Then<TNext>(Func<T, TNext> next) => IsProblem ? Problem : next(Value);

    /// <summary>Sends the problem or the value. The value must implement <c>IResult</c>.</summary>
    public Task ExecuteAsync(HttpContext httpContext) =>
        ((IResult?)Problem ?? (IResult)Value!).ExecuteAsync(httpContext);
}
