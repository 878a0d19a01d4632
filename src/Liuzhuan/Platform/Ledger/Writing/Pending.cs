using System.Security.Cryptography;

namespace Liuzhuan.Platform.Ledger.Writing;

/// <summary>An entry that waits for its commit, and its caller with it.</summary>
internal sealed class Pending
{
    private const int NonceSize = 16;

    private readonly TaskCompletionSource<Place?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _abandoned;

    /// <exception cref="ArgumentException">The entry is not one that can be logged.</exception>
    public Pending(NewEntry entry)
    {
        Entry = entry;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (entry.Payload is { } payload)
        {
            Nonce = RandomNumberGenerator.GetBytes(NonceSize);
            SHA256.HashData([.. Nonce, .. payload.Span], digest);
        }

        Ending = LeafText.Ending(entry, entry.Payload is null ? [] : digest);
    }

    public NewEntry Entry { get; }

    /// <summary>Makes the digest in the leaf useless for guessing the payload; null without one.</summary>
    public byte[]? Nonce { get; }

    /// <summary>The leaf behind its place and time.</summary>
    public byte[] Ending { get; }

    /// <summary>What it weighs in a group, in bytes.</summary>
    public int Weight => Ending.Length + (Entry.Payload?.Length ?? 0);

    /// <summary>True when the caller has gone and the entry need not be written.</summary>
    public bool IsAbandoned => _abandoned;

    /// <summary>The receipt once the entry is durable; null when a companion refused it.</summary>
    public async Task<LedgerReceipt?> DoneAsync(CancellationToken stop)
    {
        try
        {
            // Its path is put together here and not by the writer, which has others to serve.
            return await _done.Task.WaitAsync(stop) is { } place ? place.Group.Receipt(place.Index, place.Note) : null;
        }
        catch (OperationCanceledException)
        {
            _abandoned = true;
            throw;
        }
    }

    /// <summary>As <see cref="DoneAsync"/>, and waits for it.</summary>
    public LedgerReceipt? Done() => _done.Task.GetAwaiter().GetResult() is { } place ? place.Group.Receipt(place.Index, place.Note) : null;

    /// <param name="index">Its index in the group that was committed.</param>
    /// <param name="note">The checkpoint over the group's end.</param>
    public void Complete(LedgerGroup group, int index, string note) => _done.TrySetResult(new Place(group, index, note));

    public void Refuse() => _done.TrySetResult(null);

    public void Fail(Exception fault) => _done.TrySetException(fault);

    private sealed record Place(LedgerGroup Group, int Index, string Note);
}
