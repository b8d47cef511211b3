package vn.sodiaban.fieldbook.photo

import android.text.format.Formatter
import androidx.compose.foundation.Image
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.produceState
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asImageBitmap
import androidx.compose.ui.layout.ContentScale
import androidx.compose.ui.platform.LocalContext
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import java.io.File
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.PhotoEntry
import vn.sodiaban.fieldbook.form.PhotoWork
import vn.sodiaban.fieldbook.ui.LineButton
import vn.sodiaban.fieldbook.ui.ProblemBlock
import vn.sodiaban.fieldbook.ui.WordIcon

private val ThumbSize = 96.dp

/** The pictures of a slot with their sizes, and the two ways to more. A picture is shown once it is small and safe on this phone. */
@Composable
fun PhotoRow(
    slot: String,
    photos: List<PhotoEntry>,
    work: PhotoWork?,
    taker: PhotoTaker,
    onRemove: (index: Int) -> Unit,
    modifier: Modifier = Modifier,
) {
    Column(modifier.fillMaxWidth(), verticalArrangement = Arrangement.spacedBy(8.dp)) {
        if (photos.isNotEmpty()) {
            FlowRow(horizontalArrangement = Arrangement.spacedBy(12.dp), verticalArrangement = Arrangement.spacedBy(8.dp)) {
                photos.forEachIndexed { index, photo -> Photo(index, photo) { onRemove(index) } }
            }
        }
        if (work?.slot == slot) {
            if (work.problem == null) Text(stringResource(R.string.photo_shrinking)) else ProblemBlock(work.problem)
        }
        FlowRow(horizontalArrangement = Arrangement.spacedBy(4.dp)) {
            LineButton(stringResource(R.string.photo_take), { taker.onCamera(slot) }, icon = R.drawable.ic_camera)
            LineButton(stringResource(R.string.photo_choose), { taker.onGallery(slot) }, icon = R.drawable.ic_photo)
        }
    }
}

@Composable
private fun Photo(index: Int, photo: PhotoEntry, onRemove: () -> Unit) = Column {
    Thumbnail(photo.path, stringResource(R.string.photo_number, index + 1))
    Row(verticalAlignment = Alignment.CenterVertically) {
        Text(Formatter.formatShortFileSize(LocalContext.current, photo.bytes), style = MaterialTheme.typography.bodySmall)
        IconButton(onRemove) { WordIcon(R.drawable.ic_close, description = stringResource(R.string.photo_remove, index + 1)) }
    }
}

/** A small view of a picture on this phone; a plain box while it is read, or when it is not here. */
@Composable
fun Thumbnail(path: String?, description: String, modifier: Modifier = Modifier, size: Dp = ThumbSize) {
    val pixels = with(LocalDensity.current) { size.roundToPx() }
    val picture by produceState<ImageBitmap?>(null, path, pixels) {
        if (!path.isNullOrEmpty()) value = withContext(Dispatchers.IO) { Pictures.decode(File(path), pixels)?.asImageBitmap() }
    }
    val shape = modifier.size(size).clip(MaterialTheme.shapes.small)
    when (val read = picture) {
        null -> Box(shape.background(MaterialTheme.colorScheme.surfaceVariant), Alignment.Center) {
            WordIcon(R.drawable.ic_photo, description = description)
        }

        else -> Image(read, description, shape, contentScale = ContentScale.Crop)
    }
}
