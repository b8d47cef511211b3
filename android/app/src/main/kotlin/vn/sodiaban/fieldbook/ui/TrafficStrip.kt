package vn.sodiaban.fieldbook.ui

import android.text.format.Formatter
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.core.Traffic
import vn.sodiaban.fieldbook.words.sentence

/** The strip: network, what waits, what it weighs, "Gửi ngay". Having no network is usual and never red. */
@Composable
fun TrafficStrip(traffic: Traffic, isSending: Boolean, onSend: () -> Unit, modifier: Modifier = Modifier) {
    Surface(modifier.fillMaxWidth(), shape = MaterialTheme.shapes.medium, color = MaterialTheme.colorScheme.surfaceVariant) {
        FlowRow(
            Modifier.padding(4.dp),
            horizontalArrangement = Arrangement.SpaceBetween,
            itemVerticalAlignment = Alignment.CenterVertically,
        ) {
            TrafficWords(traffic, Modifier.padding(horizontal = 12.dp, vertical = 8.dp))
            LineButton(stringResource(if (isSending) R.string.common_sending else R.string.action_send_now), onSend, enabled = !isSending)
        }
    }
}

/** Network, what waits, what it weighs. */
@Composable
fun TrafficWords(traffic: Traffic, modifier: Modifier = Modifier) = Column(modifier) {
    Text(networkWords(traffic), style = MaterialTheme.typography.titleSmall)
    Text(waitingWords(traffic), style = MaterialTheme.typography.bodySmall)
}

@Composable
private fun networkWords(traffic: Traffic): String {
    val trouble = traffic.trouble
    return when {
        traffic.network == Network.NO_NETWORK -> stringResource(R.string.network_none)
        trouble != null -> stringResource(trouble.sentence())
        traffic.network == Network.METERED -> stringResource(R.string.network_mobile)
        else -> stringResource(R.string.network_wifi)
    }
}

@Composable
private fun waitingWords(traffic: Traffic): String {
    val waiting = traffic.recordsWaiting + traffic.photosWaiting
    if (waiting == 0) return stringResource(R.string.waiting_nothing)
    val size = Formatter.formatShortFileSize(LocalContext.current, traffic.photoBytesWaiting)
    val records = pluralStringResource(R.plurals.waiting_records, traffic.recordsWaiting, traffic.recordsWaiting)
    if (traffic.photosWaiting == 0) return records
    val photos = pluralStringResource(R.plurals.waiting_photos, traffic.photosWaiting, traffic.photosWaiting, size)
    return if (traffic.recordsWaiting == 0) photos else stringResource(R.string.waiting_both, records, photos)
}
