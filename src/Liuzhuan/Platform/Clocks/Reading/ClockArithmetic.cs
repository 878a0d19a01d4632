namespace Liuzhuan.Platform.Clocks.Reading;

/// <summary>
/// Tells how an end came about, day by day. Walks every day and asks the calendar about each, where <see cref="ReadClock"/> jumps; that both
/// come to the same day is a test.
/// </summary>
internal static class ClockArithmetic
{
    public static IReadOnlyList<ClockStep> Steps(ClockReading reading)
    {
        var (line, steps) = (reading.Timeline, new List<ClockStep>());
        if (line.Start is not { } start || reading.From is not { } from) return steps;
        steps.Add(Event(ClockStepKind.Started, start.Day, start));
        if (line.Restart is { } restart) steps.Add(Event(ClockStepKind.Restarted, restart.Day, restart));
        foreach (var extension in line.Extensions) steps.Add(Event(ClockStepKind.Extended, extension.Day, extension));
        if (!reading.Rule.CountsHours) Walk(reading, steps);
        else steps.AddRange(line.Blocks.Where(block => block.To > line.CellOf(from)).Select(block => Block(line, block)));
        if (reading is { Counted: { } counted, RolledTo: { } rolled, Computed: { } computed, Due: { } due })
        {
            if (rolled > counted) steps.Add(new(ClockStepKind.Rolled, counted, rolled, 0, 0, reading.Calendar.Day(counted), []));
            if (computed > rolled) steps.Add(new(ClockStepKind.RolledByEntry, rolled, computed, 0, 0, null, line.Rolls));
            if (due > computed && line.Told is { } told) steps.Add(new(ClockStepKind.Told, computed, due, 0, 0, null, [told]));
            if (reading.IsProvisional) steps.Add(new(ClockStepKind.Provisional, due, due, 0, 0, null, []));
            steps.Add(new(ClockStepKind.Ended, from.Day, due, 0, 0, null, []));
        }

        return steps;
    }

    private static void Walk(ClockReading reading, List<ClockStep> steps)
    {
        var line = reading.Timeline;
        ClockStep? run = null;
        foreach (var phase in reading.Phases)
        {
            var number = 0;
            // A phase begins where the one before it ended.
            for (var cell = phase.First; number < phase.Count; cell++)
            {
                var (date, block) = (DateOnly.FromDayNumber((int)cell), line.Blocks.FirstOrDefault(block => block.From <= cell && cell < block.To));
                if (block?.To == ClockBlock.Open)
                {
                    Close();
                    steps.Add(new(ClockStepKind.Open, date, date, 0, 0, null, block.At(cell)));
                    return;
                }

                var day = reading.Calendar.Day(date);
                var kind = block is not null ? ClockStepKind.Blocked : phase.WorkingOnly && !day.IsWorking ? ClockStepKind.NotWorked : ClockStepKind.Counted;
                if (kind == ClockStepKind.Counted) number++;
                var counted = kind == ClockStepKind.Counted ? number : 0;
                Add(new(kind, date, date, counted, counted, phase.WorkingOnly ? day : null, block?.At(cell) ?? []));
            }
        }

        Close();

        void Add(ClockStep one)
        {
            if (run is not null && Continues(run, one)) run = run with { To = one.To, Last = one.Last };
            else
            {
                Close();
                run = one;
            }
        }

        void Close()
        {
            if (run is not null) steps.Add(run);
            run = null;
        }
    }

    // A make-up day is worth a line of its own; a holiday too, apart from the weekend before it.
    private static bool Continues(ClockStep run, ClockStep next)
    {
        if (run.Kind != next.Kind || next.From != run.To.AddDays(1) || !run.Grounds.SequenceEqual(next.Grounds)) return false;
        if (next.Kind == ClockStepKind.Blocked) return true;
        if (next.Kind == ClockStepKind.Counted && next.First != run.Last + 1) return false;
        return (run.Day?.Kind, run.Day?.Holiday, run.Day?.IsProvisional) == (next.Day?.Kind, next.Day?.Holiday, next.Day?.IsProvisional);
    }

    private static ClockStep Block(ClockTimeline line, ClockBlock block)
    {
        var (from, entries) = (line.DayOf(block.From), block.Grounds.Select(ground => ground.Entry).ToList());
        return block.To == ClockBlock.Open ? new(ClockStepKind.Open, from, from, 0, 0, null, entries) : new(ClockStepKind.Blocked, from, line.DayOf(block.To - 1), 0, 0, null, entries);
    }

    private static ClockStep Event(ClockStepKind kind, DateOnly day, ClockEntry entry) => new(kind, day, day, 0, 0, null, [entry]);
}
