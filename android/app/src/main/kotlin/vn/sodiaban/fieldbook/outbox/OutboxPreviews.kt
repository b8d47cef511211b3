package vn.sodiaban.fieldbook.outbox

import androidx.compose.runtime.Composable
import androidx.compose.ui.tooling.preview.Preview
import vn.sodiaban.fieldbook.book.BookSamples
import vn.sodiaban.fieldbook.core.Attention
import vn.sodiaban.fieldbook.core.AttentionLine
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.core.Outbox
import vn.sodiaban.fieldbook.core.OutboxPhoto
import vn.sodiaban.fieldbook.core.PhotoLine
import vn.sodiaban.fieldbook.core.PhotoPolicy
import vn.sodiaban.fieldbook.core.PhotoSending
import vn.sodiaban.fieldbook.core.Refusal
import vn.sodiaban.fieldbook.core.Sending
import vn.sodiaban.fieldbook.core.Trouble
import vn.sodiaban.fieldbook.today.TodaySamples
import vn.sodiaban.fieldbook.ui.FieldbookTheme
import vn.sodiaban.fieldbook.ui.Reading

/** The main states, for previews and for the kept pictures. All persons are invented. */
internal object OutboxSamples {
    private val row = BookSamples.petition.copy(sending = Sending.TextSent(1, 2))
    private val photo = PhotoLine("a1", null, 212_000, 1280, 960, null, PhotoSending.Sending(84_000))
    private val traffic = TodaySamples.traffic
    private val sending = Outbox(
        traffic = traffic,
        attention = emptyList(),
        records = listOf(row),
        photos = listOf(OutboxPhoto(photo, "p1"), OutboxPhoto(photo.copy(hash = "a2", sending = PhotoSending.Waiting), "p1")),
    )
    private val refused = BookSamples.petition.copy(sending = Sending.Refused(Refusal.NOT_YOUR_UNIT))
    private val back = sending.copy(
        traffic = traffic.copy(needsAttention = 2),
        attention = listOf(
            AttentionLine(refused, Attention.Refused(Refusal.NOT_YOUR_UNIT), held = 1, canRepair = true),
            AttentionLine(row, Attention.Returned("Đề nghị ghi rõ cống nào và thời gian phát hiện."), held = 0, canRepair = false),
        ),
    )
    private val quiet = Outbox(
        traffic = traffic.copy(network = Network.UNMETERED, photoPolicy = PhotoPolicy.EVERYTHING, recordsWaiting = 0, photosWaiting = 0),
        attention = emptyList(),
        records = emptyList(),
        photos = emptyList(),
    )

    private fun page(outbox: Outbox) = OutboxState(Reading.Ready(outbox), "0275 3800 123")

    val usual = page(sending)
    val attention = page(back)
    val empty = page(quiet)
    val busy = page(sending).copy(work = OutboxWork(isSending = true))
    val cannotGo = page(quiet.copy(traffic = quiet.traffic.copy(trouble = Trouble.SIGN_IN_AGAIN)))
    val offline = page(quiet.copy(traffic = traffic.copy(network = Network.NO_NETWORK)))
        .copy(work = OutboxWork(problem = FieldbookException.Offline()))
}

@Composable
internal fun OutboxSample(state: OutboxState) = OutboxContent(state, {}, {}, {}, {}, {})

@Preview
@Composable
private fun UsualPreview() = FieldbookTheme { OutboxSample(OutboxSamples.usual) }

@Preview
@Composable
private fun AttentionPreview() = FieldbookTheme { OutboxSample(OutboxSamples.attention) }
