using System.Text;

namespace Liuzhuan.Benchmarks.Http;

/// <summary>
/// <c>bench http [ROUNDS] [--parts answers,lanes] [--databases sqlite,postgres] [--requests N] [--write FILE]</c>: signed, logged answers over HTTP, with the ledger and
/// without; and single questions beside a large batch.
/// </summary>
internal static class HttpCommand
{
    public static async Task<int> RunAsync(string[] options, TimeProvider clock, TextWriter output)
    {
        var plan = HttpPlan.Parse(options);
        var text = new StringBuilder($"# Questions over HTTP: measured numbers\n\nWritten by `{string.Join(' ', ["./bench", "http", .. options])}`; running it again replaces them.\n{Machine.Describe(clock)}\n");
        if (plan.Parts.Contains(HttpPlan.Answers))
        {
            text.Append(AnswerSpeed.Head);
            foreach (var provider in plan.Databases)
            {
                await using var service = await MeasuredService.StartAsync(provider);
                foreach (var connections in plan.Connections) text.Append(await AnswerSpeed.MeasureAsync(service, connections, plan));
            }
        }

        if (plan.Parts.Contains(HttpPlan.Lanes))
        {
            text.Append(Lanes.Head);
            foreach (var provider in plan.Databases)
            {
                await using var service = await MeasuredService.StartAsync(provider);
                text.Append(await Lanes.MeasureAsync(service, plan.LaneRounds));
            }
        }

        if (plan.Write is { } path) await File.WriteAllTextAsync(path, text.ToString());
        else await output.WriteAsync(text.ToString());
        return 0;
    }
}
