using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Liuzhuan.Matching.Snapshots;

/// <summary>
/// The bytes of an overlay: a header, how many bytes of changes were acknowledged, and a frame for each changes file. What was never acknowledged may be unfinished and is then
/// as if it had never been; what was acknowledged is read whole or refused, never passed over.
/// </summary>
internal sealed class OverlayFile
{
    public const string Suffix = ".overlay";

    private const int Version = 2, VersionWithoutSlots = 1;

    // The header is magic, version and the snapshot's digest; behind it two slots take turns, so that the newer of them is whole while the other is written.
    private const int HeaderBytes = 48, SlotBytes = 16, Slots = 2, DigestAt = 16;
    private const int FrameHeadBytes = 12, InstantBytes = 8;

    private static readonly DateTime Earliest = new(2000, 1, 1), Latest = new(2200, 1, 1);

    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly bool _isSound;
    private readonly List<Range> _payloads = [];

    private OverlayFile(byte[] bytes)
    {
        _bytes = bytes;
        if (!IsHeader(bytes)) return;
        var hasSlots = bytes[8] == Version;
        _start = hasSlots ? HeaderBytes + Slots * SlotBytes : HeaderBytes;
        var acknowledged = hasSlots ? Acknowledged(bytes, out var slot) : _start;
        var at = _start;
        for (; TryFrame(bytes, at, out var payload) && !IsEnd(bytes.AsSpan(payload)); at = payload.End.Value) _payloads.Add(payload);
        Length = at;
        // Without slots, a sound frame behind one that is not tells that this one was finished, too.
        _isSound = hasSlots ? acknowledged >= _start && at >= acknowledged : TryFrame(bytes, at, out _) || !AnyFrame(bytes, at + 1);
    }

    private static ReadOnlySpan<byte> Magic => "LZOVL\0\r\n"u8;

    // In the place of an instant: no changes are from before the first one.
    private static ReadOnlySpan<byte> EndMark => [255, 255, 255, 255, 255, 255, 255, 255];

    /// <summary>Bytes up to the end of the last whole frame; what follows was never acknowledged.</summary>
    public int Length { get; }

    /// <summary>SHA-256 over header and frames: not over how much of them was acknowledged.</summary>
    public byte[] Hash => SHA256.HashData([.. _bytes.AsSpan(0, HeaderBytes), .. _bytes.AsSpan(_start, Length - _start)]);

    /// <summary>What the frames hold, oldest first.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Payloads => _payloads.Select(payload => new ReadOnlyMemory<byte>(_bytes)[payload]);

    /// <summary>Reads the overlay of a snapshot; null when there is none, or when its changes are in the snapshot already or were replaced together with the one before.</summary>
    /// <exception cref="RegisterException">register_overlay: it is damaged, is no overlay or belongs to another snapshot.</exception>
    public static OverlayFile? Read(string snapshot, string digest, ReadOnlySpan<byte> mergedFrom)
    {
        var path = snapshot + Suffix;
        if (Bytes(path) is not { } bytes || IsOver(bytes, digest)) return null;
        if (!bytes.AsSpan().StartsWith(Magic))
            throw new RegisterException("register_overlay", $"{path} is damaged from its first byte on, or is no overlay of changes. Restore it together with the register from a backup, or build the register again from a complete file. Nothing was changed.") { Cause = "damaged", Detail = path };
        var file = new OverlayFile(bytes);
        if (!file._isSound)
        {
            throw new RegisterException("register_overlay", $"{path} is damaged from byte {file.Length} on: changes that were acknowledged cannot be read. Restore it together with the register from a backup, or build the register again from a complete file. Nothing was changed.")
            {
                Cause = "damaged", Detail = $"{path}: {file.Length} / {bytes.Length}",
            };
        }

        var of = bytes.AsSpan(DigestAt, SHA256.HashSizeInBytes);
        if (of.SequenceEqual(Convert.FromHexString(digest))) return file;
        if (Overlay.Combined(of, file.Hash).AsSpan().SequenceEqual(mergedFrom)) return null;
        throw new RegisterException("register_overlay", $"{path} holds changes to another snapshot than {snapshot}. If the register was built anew from a complete file, delete the overlay; otherwise put the right snapshot back.") { Detail = path };
    }

    /// <summary>Adds a frame behind the last whole one, makes it durable, and says then that it is acknowledged. A crash leaves the changes as they were or with the frame.</summary>
    /// <param name="known">How the file was read; null when the frame is its first.</param>
    public static void Append(string snapshot, string digest, OverlayFile? known, ReadOnlySpan<byte> payload)
    {
        var path = snapshot + Suffix;
        if (known?._bytes[8] != Version)
        {
            Create(path, digest, known is null ? [] : known._bytes.AsSpan(known._start, known.Length - known._start), Frame(payload));
            return;
        }

        var frame = Frame(payload);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);
        file.SetLength(known.Length);
        file.Position = known.Length;
        file.Write(frame);
        file.Flush(flushToDisk: true);
        Acknowledged(known._bytes, out var newest);
        file.Position = HeaderBytes + (Slots - 1 - newest) * SlotBytes;
        file.Write(Slot(known._bytes, Slots - 1 - newest, known.Length + frame.Length));
        file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Says at the end of an overlay that a snapshot about to be put in place replaces its changes too: once that is there the changes are over, until then the mark means nothing.
    /// Nothing is cut off a damaged one. False when there is no overlay.
    /// </summary>
    public static bool Supersede(string path, string digest)
    {
        if (Bytes(path) is not { } bytes) return false;
        var known = new OverlayFile(bytes);
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);
        if (known._isSound) file.SetLength(known.Length);
        file.Position = file.Length;
        file.Write(Frame([.. EndMark, .. Convert.FromHexString(digest)]));
        file.Flush(flushToDisk: true);
        return true;
    }

    // The first frame comes into being with its header at once, so a short file is a damaged one.
    private static void Create(string path, string digest, ReadOnlySpan<byte> frames, ReadOnlySpan<byte> frame)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        header[8] = Version;
        Convert.FromHexString(digest).CopyTo(header, DigestAt);
        var length = HeaderBytes + Slots * SlotBytes + frames.Length + frame.Length;
        var temporary = $"{path}.{Guid.CreateVersion7():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1))
            {
                DurableFile.RemoveLeftovers(path, temporary);
                file.Write([.. header, .. Slot(header, 0, length), .. Slot(header, 1, length), .. frames, .. frame]);
                file.Flush(flushToDisk: true);
            }

            DurableFile.Replace(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // What the header says was acknowledged is among what is read after it, however the file grows meanwhile.
    private static byte[]? Bytes(string path)
    {
        // Mostly there is none, and to find that out by failing takes milliseconds the first time. Where it cannot be known whether there is one, asking fails.
        if ((int)new FileInfo(path).Attributes == -1) return null;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            var head = new byte[HeaderBytes + Slots * SlotBytes];
            var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            var bytes = new byte[Math.Max(read, file.Length)];
            head.AsSpan(0, read).CopyTo(bytes);
            read += file.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
            return bytes[..read];
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static bool IsHeader(byte[] bytes) =>
        bytes.Length >= HeaderBytes && bytes.AsSpan().StartsWith(Magic) && bytes[8] is Version or VersionWithoutSlots && !bytes.AsSpan(9, DigestAt - 9).ContainsAnyExcept((byte)0);

    // The larger length of the sound slots; 0 when none is sound.
    private static long Acknowledged(byte[] bytes, out int slot)
    {
        (slot, var most) = (0, 0L);
        for (var i = 0; i < Slots; i++)
        {
            var at = HeaderBytes + i * SlotBytes;
            if (bytes.Length < at + SlotBytes) break;
            var length = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
            if (length <= most || !bytes.AsSpan(at, SlotBytes).SequenceEqual(Slot(bytes, i, length))) continue;
            (slot, most) = (i, length);
        }

        return most;
    }

    // The checksum is over the header too: with both slots lost to it, a damaged header is not taken for one of another snapshot.
    private static byte[] Slot(ReadOnlySpan<byte> bytes, int index, long length)
    {
        var slot = new byte[SlotBytes];
        BinaryPrimitives.WriteInt64LittleEndian(slot, length);
        BinaryPrimitives.WriteUInt64LittleEndian(slot.AsSpan(8), Checksum.Of([.. bytes[..HeaderBytes], .. slot.AsSpan(0, 8), (byte)index]));
        return slot;
    }

    private static byte[] Frame(ReadOnlySpan<byte> payload)
    {
        var frame = new byte[FrameHeadBytes + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
        payload.CopyTo(frame.AsSpan(FrameHeadBytes));
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(4), Checksum.Of(payload));
        return frame;
    }

    private static bool TryFrame(byte[] bytes, int at, out Range payload)
    {
        payload = default;
        if (at + FrameHeadBytes > bytes.Length) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
        if (length < InstantBytes || length > bytes.Length - at - FrameHeadBytes) return false;
        payload = (at + FrameHeadBytes)..(at + FrameHeadBytes + length);
        return Checksum.Of(bytes.AsSpan(payload)) == BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at + 4));
    }

    // At whatever offset. Most are ruled out by the instant that a frame begins with, before anything is summed.
    private static bool AnyFrame(byte[] bytes, int from)
    {
        for (var at = from; at + FrameHeadBytes + InstantBytes <= bytes.Length; at++)
        {
            var instant = bytes.AsSpan(at + FrameHeadBytes, InstantBytes);
            var ticks = BinaryPrimitives.ReadInt64LittleEndian(instant);
            var isLikely = IsEnd(instant) || ticks > Earliest.Ticks && ticks < Latest.Ticks;
            if (isLikely && TryFrame(bytes, at, out _)) return true;
        }

        return false;
    }

    private static bool IsEnd(ReadOnlySpan<byte> payload) => payload.StartsWith(EndMark);

    private static bool IsOver(byte[] bytes, string digest) => bytes.AsSpan().EndsWith(Frame([.. EndMark, .. Convert.FromHexString(digest)]));
}
