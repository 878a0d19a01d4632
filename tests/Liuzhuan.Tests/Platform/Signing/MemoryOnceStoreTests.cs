using Liuzhuan.Platform.Signing;

namespace Liuzhuan.Tests.Platform.Signing;

public class MemoryOnceStoreTests
{
    private readonly TestClock _clock = new(TestClock.Morning);

    [Fact]
    public async Task A_value_serves_once_in_each_scope()
    {
        var store = new MemoryOnceStore(_clock);
        Assert.Equal(OnceUse.First, await UseAsync(store, "a", "1"));
        Assert.Equal(OnceUse.Again, await UseAsync(store, "a", "1"));
        Assert.Equal(OnceUse.First, await UseAsync(store, "b", "1"));
        Assert.Equal(OnceUse.First, await UseAsync(store, "a", "2"));
    }

    [Fact]
    public async Task It_is_remembered_until_it_would_be_refused_anyway()
    {
        var store = new MemoryOnceStore(_clock);
        var (made, until) = (_clock.Now, _clock.Now.AddSeconds(91));
        Assert.Equal(OnceUse.First, await store.UseAsync("a", "1", made, until, CancellationToken.None));
        for (var second = 1; second <= 91; second++)
        {
            _clock.Now = made.AddSeconds(second);
            Assert.Equal(OnceUse.Again, await store.UseAsync("a", "1", made, until, CancellationToken.None));
        }

        _clock.Now = made.AddMinutes(5);
        Assert.Equal(OnceUse.Unknown, await store.UseAsync("a", "1", made, until, CancellationToken.None));
    }

    [Fact]
    public async Task A_restart_opens_no_second_chance()
    {
        var made = _clock.Now;
        _clock.Now = made.AddSeconds(2);
        Assert.Equal(OnceUse.Unknown, await new MemoryOnceStore(_clock).UseAsync("a", "1", made, made.AddMinutes(1), CancellationToken.None));
    }

    [Fact]
    public async Task A_full_store_refuses_and_makes_room_in_time()
    {
        var store = new MemoryOnceStore(_clock, most: 2);
        Assert.Equal(OnceUse.First, await UseAsync(store, "a", "1"));
        Assert.Equal(OnceUse.First, await UseAsync(store, "a", "2"));
        Assert.Equal(OnceUse.Unknown, await UseAsync(store, "a", "3"));
        Assert.Equal(OnceUse.Again, await UseAsync(store, "a", "1"));

        _clock.Now = _clock.Now.AddMinutes(3);
        Assert.Equal(OnceUse.First, await UseAsync(store, "a", "3"));
    }

    [Fact]
    public async Task Of_many_at_once_one_is_the_first()
    {
        var store = new MemoryOnceStore(_clock);
        var uses = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => UseAsync(store, "a", "1"))));
        Assert.Single(uses, use => use == OnceUse.First);
    }

    private async Task<OnceUse> UseAsync(MemoryOnceStore store, string scope, string value) =>
        await store.UseAsync(scope, value, _clock.Now, _clock.Now.AddMinutes(1), CancellationToken.None);
}
