using System.Diagnostics;
using System.Globalization;
using System.Text;
using Streams;

// Opens many streams to one server, publishes messages, and measures how long each message takes to reach each stream.
// Usage: Streams URL FEED PUBLISH sse|ws COUNT PER_SECOND SECONDS PID COOKIE TOKEN GREETING
// A stream counts as open when it has received GREETING.
// Prints six numbers: messages delivered, messages lost, median delay in ms, 99th percentile of the delay in ms, and
// the server memory per stream in KB at two times: when all streams are open, and after the last message.

var (url, feed, publish, kind) = (new Uri(args[0]), args[1], args[2], args[3]);
var (count, perSecond, seconds, pid) = (Number(args[4]), Number(args[5]), Number(args[6]), Number(args[7]));
var (cookie, token, greeting) = (args[8], args[9], args[10]);
var messages = perSecond * seconds;
var sent = new long[messages];

using var http = new HttpClient { BaseAddress = url };
http.DefaultRequestHeaders.Add("Cookie", cookie);
http.DefaultRequestHeaders.Add("X-CSRFToken", token);
using var process = Process.GetProcessById(pid);
var before = ResidentBytes();

var streams = new List<Listener>();
for (var n = 0; n < count; n += 200)
    streams.AddRange(await Task.WhenAll(
        Enumerable.Range(0, Math.Min(200, count - n))
            .Select(_ => Listener.Open(url, feed, kind, cookie, greeting, sent))));
await Task.Delay(2000);
var open = Kilobytes();

var began = Stopwatch.GetTimestamp();
for (var n = 0; n < messages; n++)
{
    var due = TimeSpan.FromSeconds((double)n / perSecond) - Stopwatch.GetElapsedTime(began);
    if (due > TimeSpan.Zero) await Task.Delay(due);
    sent[n] = Stopwatch.GetTimestamp();
    using var body = new StringContent($$"""{"delta":1,"note":"m{{n:D6}}"}""", Encoding.UTF8, "application/json");
    using var answer = await http.PostAsync(publish, body);
    answer.EnsureSuccessStatusCode();
}
var patience = Stopwatch.StartNew();
while (streams.Sum(stream => (long)stream.Count) < (long)messages * count
    && patience.Elapsed < TimeSpan.FromSeconds(10))
    await Task.Delay(50);

var atWork = Kilobytes();

var waits = new List<double>(messages * count);
foreach (var stream in streams)
    waits.AddRange(stream.Waits.Take(stream.Count).Select(wait => wait * 1000.0 / Stopwatch.Frequency));
waits.Sort();
var (lost, median) = (((long)messages * count) - waits.Count, waits[waits.Count / 2]);
var slowest = waits[(int)(waits.Count * 0.99)];
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{waits.Count} {lost} {median:0.0} {slowest:0.0} {open:0.0} {atWork:0.0}"));
return 0;

double Kilobytes() => (ResidentBytes() - before) / 1024.0 / count;

long ResidentBytes()
{
    process.Refresh();
    return process.WorkingSet64;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
