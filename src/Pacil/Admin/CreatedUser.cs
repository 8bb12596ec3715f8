using System.Text.Json.Serialization;

namespace Pacil.Admin;

/// <summary>The response to the creation of an account.</summary>
internal sealed record CreatedUser : User
{
    /// <summary>The sign-in link's path, which no other response contains; null if a password was given.</summary>
    [JsonPropertyOrder(1)]
    public required string? SignInLink { get; init; }

    public static CreatedUser Of(User user, string? link) => new()
    {
        Id = user.Id,
        Username = user.Username,
        Email = user.Email,
        Administrator = user.Administrator,
        Locked = user.Locked,
        Version = user.Version,
        CreatedAt = user.CreatedAt,
        LastLogin = user.LastLogin,
        SignInLink = link,
    };
}
