using System.Text.Json.Serialization;
using Pacil.Web.OpenApi;

namespace Pacil.Admin;

/// <summary>The response to the creation of an account.</summary>
[Example(
    """
    {
      "id": 2, "username": "budi", "email": null, "administrator": false, "locked": false, "version": 1,
      "created_at": "2026-11-21T08:14:05.120Z", "last_login": null, "sign_in_link": "/sign-in/mXxT9-example-only"
    }
    """)]
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
