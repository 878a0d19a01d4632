using Liuzhuan.Exchange.Desk;
using Liuzhuan.Exchange.Hall;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Liuzhuan.Tests.Exchange.Desk;

/// <summary>What lies in the folder of the exchange desk, and what is cleared away there.</summary>
public class RequestFilesTests
{
    public static TheoryData<string> Databases => TestDatabases.All;

    [Theory, MemberData(nameof(Databases))]
    public async Task A_folder_that_no_request_names_goes_after_a_day_and_one_that_a_request_names_stays(string database)
    {
        await using var ground = await DeskGround.StartAsync(database);
        var (files, clock) = (ground.Service.App.Services.GetRequiredService<RequestFiles>(), ground.Service.Clock);
        var named = await JobOfAsync(ground, await ground.SubmitAsync());
        // As a kill leaves it after the upload and before the row, and one in the midst of the upload.
        var (held, begun) = (Planted(files, isHeld: true), Planted(files, isHeld: false));
        Directory.SetLastWriteTimeUtc(Path.Combine(files.Options.JobsDirectory, begun), clock.Now.UtcDateTime);

        clock.Advance(TimeSpan.FromHours(23));
        await SweepAsync(ground);
        Assert.Equal(new[] { named, held, begun }.Order(), Folders(files));

        clock.Advance(TimeSpan.FromHours(2));
        var young = Planted(files, isHeld: true);
        await SweepAsync(ground);
        Assert.Equal(new[] { named, young }.Order(), Folders(files));
    }

    private static string Planted(RequestFiles files, bool isHeld)
    {
        var id = files.Store.Prepare();
        File.WriteAllBytes(files.Store.InputPath(id, "名单.csv"), DeskGround.Rows);
        if (isHeld) files.Desk.Hold(id, "名单.csv", DeskGround.Rows.Length, "zh");
        return id;
    }

    // As the clean-up does every hour, for all files there are.
    private static async Task SweepAsync(DeskGround ground)
    {
        foreach (var workers in ground.Service.App.Services.GetServices<IHostedService>().OfType<JobWorkers>()) await workers.SweepOnceAsync(default);
    }

    private static IEnumerable<string> Folders(RequestFiles files) => Directory.GetDirectories(files.Options.JobsDirectory).Select(folder => Path.GetFileName(folder)).Order();

    private static async Task<string> JobOfAsync(DeskGround ground, string id)
    {
        await using var connection = await ground.Service.Data.Store.OpenAsync(default);
        return (await ExchangeRequest.FindAsync(connection, id, default))!.Job;
    }
}
