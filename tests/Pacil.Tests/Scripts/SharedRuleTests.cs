using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Pacil.Identity.Accounts;
using Pacil.Identity.Passwords;
using Pacil.Items;
using Pacil.Items.Listing;
using Pacil.Tests.Golden;
using Pacil.Web.Forms;
using Pacil.Web.Hosting;
using Pacil.Web.Language;
using Pacil.Web.Requests;

namespace Pacil.Tests.Scripts;

/// <summary>
/// Rules that the server and the browser scripts both implement. Each test compares the server's results with a golden
/// file. The tests in tests/scripts apply the scripts' rule to the same examples.
/// </summary>
public sealed class SharedRuleTests
{
    private const int LengthMax = 10;

    private static readonly string Emoji = string.Concat(Enumerable.Repeat("😀", LengthMax));

    private static readonly string[] Lines =
    [
        "", " ", "\u00a0\u3000", "\u200b", "\u3164\u00ad ", "a", " Bolt ", "0123456789", "0123456789a", " 0123456789 ",
        Emoji, Emoji + "a", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\ufeff",
    ];

    private static readonly string[] Numbers =
    [
        "", " ", "0", "1", "-1", "007", " 12 ", "1 000", "1\u00a0000", "1\u202f000\u202f000", "1,000", "1.000", "1,5",
        "1.5", "1,000,000", "1.000.000", "1.000 000", "1,00,000", "-5", "-1 000", "--5", "+5", "1e3", "0x10", "5-",
        "9007199254740991", "9007199254740992", "9,007,199,254,740,992", "-9007199254740992", "99999999999999999999",
        "١٢", "５", "−5", "-", "bolt",
    ];

    private static readonly string[] Passwords =
    [
        "", " ", "        ", "1234567", "12345678", "blue-otter-42", "٠١٢٣٤٥٦٧", "😀😀😀😀", "😀🎉🔧🔩🪛🧰📦🏠",
        "1234567a",
    ];

    private static readonly string[] Names =
    [
        "ana", " ana ", "a na", "ana.b+c@d-e_f", "ana!", "สมศรี", "ana\u200b", "ａｎａ", "ﬁona", "℡", "½", "ana/", "😀",
    ];

    private static readonly long[] Amounts =
        [0, 7, 999, 1000, 12_345, 1_234_567, 9_007_199_254_740_991, -1, -1000, -1_234_567];

    private static readonly string[] Values = ["", "a", "b", "c"];

    private static readonly int[] AgesInSeconds = [0, 59, 60, 119, 120, 3540, 3599];

    private static readonly string[] Directed =
    [
        "", "Bolt", SharedRules.RightToLeft, $"5 {SharedRules.RightToLeft}", "ไทย", "𠮷", "\u200f", "𐤀", "\U0001E900",
    ];

    private static readonly string[] Descriptions =
    [
        "", "One line", "One\ntwo", "\nsecond", $"{new string('a', 80)}", $"{new string('a', 81)}",
        $"{new string('a', 79)}😀 more", $"{new string('a', 78)}😀 more", $"{new string('a', 80)}\nmore", "one\r\ntwo",
    ];

    [Fact]
    public void Fields_are_valid_as_in_the_scripts()
    {
        var password = new PasswordRules(new Settings());
        GoldenFile.ShouldMatch("scripts/validation.json", new JsonObject
        {
            ["line"] = Cases(Lines, fields => fields.Line("field", LengthMax, required: true)),
            ["lines"] = Cases([.. Lines, "a\r\nb", "a\nb"], fields => fields.Lines("field", LengthMax)),
            ["number"] = Cases(Numbers, fields => fields.Integer("field", min: 1, RequestFields.IntegerMax)),
            ["password"] = Cases(Passwords, fields =>
            {
                var sent = fields.Secret("field", AccountRules.PasswordLengthMax, required: true);
                foreach (var code in password.Broken(sent, new Account { Username = "ana" }))
                    if (sent.Length > 0) fields.Error("field", $"error.{code}", AccountRules.PasswordLengthMin);
            }),
            ["username"] = Cases(Names, fields =>
            {
                var sent = fields.WholeLine("field", Account.UsernameLengthMax, required: true);
                if (!Account.IsUsername(sent.Normalize(System.Text.NormalizationForm.FormKC)))
                    fields.Error("field", "error.username_not_allowed");
            }),
        });
    }

    [Fact]
    public void Numbers_and_texts_are_shown_as_in_the_scripts() =>
        GoldenFile.ShouldMatch("scripts/shown.json", new JsonObject
        {
            ["numbers"] = new JsonArray([.. Amounts.Select(amount => new JsonObject
            {
                ["number"] = amount,
                ["shown"] = SharedRules.Spoken(() => amount.ToString("N0", CultureInfo.CurrentCulture)),
            })]),
            ["isolated"] = new JsonObject(Directed.Select(text =>
                KeyValuePair.Create(text, (JsonNode?)Texts.Isolated(text)))),
            ["notes"] = new JsonObject(Descriptions.Select(text =>
                KeyValuePair.Create(text, (JsonNode?)IndexModel.Note(Described(text))))),
            ["minutes"] = new JsonObject(AgesInSeconds.Select(seconds =>
                KeyValuePair.Create($"{seconds}", (JsonNode?)SharedRules.Spoken(() =>
                    DisplayTime.Ago(DateTime.UnixEpoch, DateTime.UnixEpoch.AddSeconds(seconds), TimeZoneInfo.Utc))))),
        });

    [Fact]
    public void Forms_are_merged_as_in_the_scripts()
    {
        var cases =
            from shown in Values
            from now in Values
            from sent in Values
            let merge = new FormMerge(Form(sent), new FieldState("field", shown, now))
            select new JsonObject
            {
                ["shown"] = shown,
                ["now"] = now,
                ["sent"] = sent,
                ["result"] = merge.Problem is not null ? "contested" : merge.IsMine("field") ? "mine" : "untouched",
            };
        GoldenFile.ShouldMatch("scripts/merge.json", new JsonArray([.. cases]));
    }

    /// <summary>For each value and language: the first error as key and text, or null if there is none.</summary>
    private static JsonArray Cases(string[] values, Action<RequestFields> read) =>
        new([.. values.Select(value => new JsonObject
        {
            ["value"] = value,
            ["error"] = SharedRules.Spoken(() =>
            {
                var fields = RequestFields.OfForm(Form(value));
                read(fields);
                return fields.Problem?.Errors!["field"][0] is { } error
                    ? new JsonObject { ["key"] = error.Key, ["text"] = $"{error}" }
                    : null;
            }),
        })]);

    private static FormCollection Form(string value) => new(new() { ["field"] = value });

    private static Item Described(string text) => new()
    {
        Id = 1,
        Name = "Bolt",
        Description = text,
        Amount = 1,
        Unit = "",
        Threshold = null,
        Version = 1,
        CreatedAt = DateTime.UnixEpoch,
        CreatedBy = 1,
        UpdatedAt = DateTime.UnixEpoch,
        UpdatedBy = 1,
        ArchivedAt = null,
    };
}
