using Pacil.Web.OpenApi;

namespace Pacil.Identity.Passwords;

[Example("""{"current_password": "blue-otter-42", "password": "green-otter-43"}""")]
internal sealed record PasswordChange(
    string CurrentPassword, string Password, string? PasswordConfirmation = null);
