using System.Diagnostics.CodeAnalysis;

namespace Pacil.Web;

/// <summary>The result of a use case: a value, or the problem that prevented it.</summary>
/// <remarks>A class, not a struct, because the generated code of the routes compares it with null.</remarks>
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

    /// <summary>Sends the answer; the value must be an <c>IResult</c>.</summary>
    public Task ExecuteAsync(HttpContext httpContext) =>
        ((IResult?)Problem ?? (IResult)Value!).ExecuteAsync(httpContext);
}
